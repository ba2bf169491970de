package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.standalone.StandaloneSettings.NeededPort;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

class StandaloneSettingsTest {

  @Test
  void withoutConfigurationEverythingStartsOnTheDefaultPorts() throws StartRefusedException {
    StandaloneSettings settings = settings(Map.of());

    assertThat(settings.kafka() && settings.postgres() && settings.vendors()).isTrue();
    assertThat(settings.neededPorts())
        .extracting(NeededPort::port)
        .containsExactly(8080, 9000, 9092, 8090);
  }

  @Test
  void onlyServicesThatAreNotConfiguredStart() throws StartRefusedException {
    StandaloneSettings settings = settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

    assertThat(settings.kafka()).isFalse();
    assertThat(settings.postgres()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENERFLO_URL", "SOLARPROOF_API_KEY", "FLIP_URL", "CRM_WEBHOOK_URL"})
  void oneConfiguredVendorDisablesAllSimulatedOnes(String variable) throws StartRefusedException {
    assertThat(settings(Map.of(variable, "set")).vendors()).isFalse();
  }

  private static StandaloneSettings settings(Map<String, String> environment)
      throws StartRefusedException {
    return StandaloneSettings.of(StartupSettings.of(environment));
  }
}
