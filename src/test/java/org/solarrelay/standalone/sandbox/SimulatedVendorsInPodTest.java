package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlay for a local cluster configures the relay for the simulated vendors. */
class SimulatedVendorsInPodTest {

  @TempDir Path folder;

  @Test
  void theOverlayHasTheSettingsOfTheVendors() throws IOException {
    Properties configured = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("k8s/overlays/local/vendors.env"))) {
      configured.load(file);
    }
    try (Sandbox sandbox = Sandbox.start(folder.resolve("state"), 0)) {
      Map<String, String> inPod = new TreeMap<>(sandbox.settings());
      inPod.replaceAll((name, value) -> value.replace(sandbox.url(), "http://vendors:8090"));

      assertThat(configured).containsExactlyInAnyOrderEntriesOf(inPod);
    }
  }
}
