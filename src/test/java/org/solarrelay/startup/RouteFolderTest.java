package org.solarrelay.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {

  @TempDir Path temp;

  @Test
  void aMissingFolderIsReportedWithItsVariable() {
    StartupSettings settings =
        StartupSettings.of(Map.of("RELAY_ROUTES_DIR", temp.resolve("none").toString()));

    assertThatThrownBy(() -> RouteFolder.check(settings))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(temp.resolve("none").toString())
        .hasMessageContaining("RELAY_ROUTES_DIR");
  }

  @Test
  void aFolderWithoutRouteFilesIsReported() throws IOException {
    Files.writeString(temp.resolve("README.md"), "routes, one day");
    StartupSettings settings = StartupSettings.of(Map.of("RELAY_ROUTES_DIR", temp.toString()));

    assertThatThrownBy(() -> RouteFolder.check(settings))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("no route file (*.camel.yaml) in " + temp);
  }

  @Test
  void theFolderOfTheProjectIsAccepted() {
    StartupSettings settings = StartupSettings.of(Map.of("RELAY_ROUTES_DIR", "routes"));

    assertThatCode(() -> RouteFolder.check(settings)).doesNotThrowAnyException();
  }

  @Test
  void theMessageListsEveryProblemOfTheFiles() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote:\n    id: deliver-acme\n");
    Files.writeString(temp.resolve("deliver-zeta.camel.yaml"), "- route: {from: {uri: direct:z}}");
    StartupSettings settings = StartupSettings.of(Map.of("RELAY_ROUTES_DIR", temp.toString()));

    assertThatThrownBy(() -> RouteFolder.check(settings))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("deliver-acme.camel.yaml:1: an item of the file has no key \"rote\"")
        .hasMessageContaining("deliver-zeta.camel.yaml:1: the route has no id");
  }
}
