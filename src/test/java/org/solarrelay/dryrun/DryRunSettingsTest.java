package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;

class DryRunSettingsTest {

  @Test
  void aReleaseHasEveryDestinationOn() {
    RelayConfig config = relay(DryRunSettings.with(Map.of(), List.of()));

    assertThat(config.destinations().values())
        .isNotEmpty()
        .allSatisfy(destination -> assertThat(destination.on()).isTrue());
  }

  @Test
  void settingsAreNamedByVariableOrByProperty() {
    RelayConfig config =
        relay(
            DryRunSettings.with(
                Map.of("FLIP_PROGRAM_ID", "p-1", "relay.enerflo.region", "AU", "FLIP_URL", ""),
                List.of()));

    assertThat(config.flip().programId()).contains("p-1");
    assertThat(config.enerflo().region()).isEqualTo("AU");
    assertThat(config.destinations().get("flip").on()).isFalse();
  }

  @Test
  void anUnknownSettingIsRejected() {
    assertThatThrownBy(() -> DryRunSettings.with(Map.of("FLIP_PROGRAMM_ID", "p-1"), List.of()))
        .hasMessageContaining("there is no FLIP_PROGRAMM_ID");
    assertThatThrownBy(
            () -> DryRunSettings.with(Map.of("relay.flip.programm-id", "p-1"), List.of()))
        .hasMessageContaining("relay.flip.programm-id");
  }

  @Test
  void theRunningConfigurationIsUsedWithoutItsSecrets() {
    SmallRyeConfig running =
        config(
            Map.of(
                "relay.routes-dir", "elsewhere",
                "relay.kafka.bootstrap-servers", "localhost:1",
                "relay.http.connections", "3",
                "relay.data.dir", "a variable of standalone mode",
                "relay.sources.leads.tokens", "token-1,token-2",
                "relay.operator.token", "operator-secret",
                "relay.destinations.crm.url", "https://crm.example.com/hook",
                "relay.destinations.crm.api-key", "whsec_cmVhbA==",
                "relay.destinations.crm.settings", "-"));

    RelayConfig config = relay(DryRunSettings.withoutSecrets(running));

    assertThat(config.destinations().get("crm").url()).contains("https://crm.example.com/hook");
    assertThat(config.destinations().get("crm").apiKey()).contains(SecretStandIns.signingSecret());
    assertThat(config.operator().token().orElseThrow()).doesNotContain("operator-secret");
    assertThat(config.sources().get("leads").tokens().orElseThrow().toString())
        .doesNotContain("token-1");
    assertThat(DryRunSettings.secretsOf(running))
        .containsExactlyInAnyOrder("token-1,token-2", "operator-secret", "whsec_cmVhbA==");
  }

  private static RelayConfig relay(SmallRyeConfig config) {
    return config.getConfigMapping(RelayConfig.class);
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .build();
  }
}
