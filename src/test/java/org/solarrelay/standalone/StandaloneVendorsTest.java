package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

class StandaloneVendorsTest {

  @TempDir Path data;

  @Test
  void theVendorsRespondAndNameTheSettingsOfARelay() throws Exception {
    try (LocalServices.Running vendors = new Standalone().startVendors(settings())) {
      String url = vendors.properties().get("ENERFLO_URL");

      assertThat(vendors.properties())
          .containsKeys("ENERFLO_API_KEY", "SOLARPROOF_URL", "FLIP_URL", "CRM_WEBHOOK_SECRET")
          .doesNotContainKeys("KAFKA_BOOTSTRAP_SERVERS", "RELAY_DB_URL");
      assertThat(get(url + "/sandbox")).contains("enerflo", "solarproof", "flip", "crm");
    }
  }

  @Test
  void aDataDirectoryInUseIsReported() throws Exception {
    try (LocalServices.Running vendors = new Standalone().startVendors(settings())) {
      assertThatThrownBy(() -> new Standalone().startVendors(settings()))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("set RELAY_DATA_DIR");
    }
  }

  private StartupSettings settings() {
    return StartupSettings.of(
        Map.of(
            "RELAY_DATA_DIR",
            data.toString(),
            "RELAY_SANDBOX_PORT",
            "0",
            "RELAY_SANDBOX_HOST",
            "127.0.0.1"));
  }

  private static String get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
