package org.solarrelay.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequiredServicesTest {

  @Test
  void everyMissingVariableIsReported() {
    assertThatThrownBy(() -> RequiredServices.check(StartupSettings.of(Map.of())))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS, RELAY_DB_URL");
  }

  @Test
  void onlyBlankVariablesAreReported() {
    Map<String, String> environment =
        Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "RELAY_DB_URL", " ");

    assertThatThrownBy(() -> RequiredServices.check(StartupSettings.of(environment)))
        .hasMessageContaining("not set: RELAY_DB_URL.");
  }

  @Test
  void anInvalidDatabaseUrlIsReported() {
    Map<String, String> environment =
        Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "RELAY_DB_URL", "postgres://db/relay");

    assertThatThrownBy(() -> RequiredServices.check(StartupSettings.of(environment)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("jdbc:postgresql://db:5432/relay");
  }

  @Test
  void withBothVariablesTheRelayStarts() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "RELAY_DB_URL", "jdbc:postgresql://db/relay");

    assertThatCode(() -> RequiredServices.check(StartupSettings.of(environment)))
        .doesNotThrowAnyException();
  }

  @Test
  void anInvalidPortIsReportedWithItsVariable() {
    StartupSettings settings = StartupSettings.of(Map.of("RELAY_SANDBOX_PORT", "eighty"));

    assertThatThrownBy(() -> settings.port("RELAY_SANDBOX_PORT", 8090))
        .isInstanceOf(StartRefusedException.class)
        .hasMessage("RELAY_SANDBOX_PORT is not a port number: eighty");
  }
}
