package org.solarrelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of destinations.yaml as the rest of the program sees them. */
class LiveDestinationsTest {

  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "relay.routes-dir", "routes",
              "relay.kafka.bootstrap-servers", "localhost:1",
              "relay.http.connections", "32",
              "relay.destinations.crm.url", "https://crm.example.com",
              "relay.destinations.crm.key-required", "true",
              "relay.destinations.crm.settings", "CRM_WEBHOOK_URL and CRM_WEBHOOK_SECRET"));

  private SmallRyeConfig program;
  private LiveConfig live;

  @BeforeEach
  void start() {
    program =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(RelayConfig.class)
            .withValidateUnknown(false)
            .withSources(new PropertiesConfigSource(environment, "environment", 300))
            .withSources(new DestinationFileSource())
            .build();
    live = new LiveConfig(program.getConfigMapping(RelayConfig.class), () -> program);
  }

  @Test
  void anEntryIsADestinationUntilItIsRemoved() {
    live.adopt(
        List.of(
            entry(
                "my-slack",
                Map.of(
                    "url", "https://slack.example", "in-flight", "4", "rate-limit", "60/PT1M"))));

    RelayConfig.Destination slack = live.destinations().get("my-slack");
    assertThat(slack.on()).isTrue();
    assertThat(slack.host()).contains("slack.example");
    assertThat(slack.inFlight()).hasValue(4);
    assertThat(slack.rateLimit()).contains(CallRate.of("60"));
    assertThat(value("my-slack.url")).isEqualTo("https://slack.example");

    live.adopt(List.of());

    assertThat(live.destinations()).containsOnlyKeys("crm");
    assertThat(program.getOptionalValue("relay.destinations.my-slack.url", String.class)).isEmpty();
  }

  @Test
  void aPlaceholderStandsForAVariableWhateverItHolds() {
    environment.put("SLACK_URL", "https://slack.example/a$b$");
    start();

    live.adopt(List.of(entry("slack", Map.of("url", "{{env:SLACK_URL}}/c?d={{env:NONE:e}}"))));

    assertThat(value("slack.url")).isEqualTo("https://slack.example/a$b$/c?d=e");
    assertThat(live.destinations().get("slack").on()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-              | -   | SLACK_URL and SLACK_KEY are not set",
        "https://s.test | -   | SLACK_KEY is not set",
        "-              | key | SLACK_URL is not set",
        "slack.test     | key | the value of SLACK_URL is no URL",
        "https://s.test | key | -"
      })
  void withoutItsVariablesADestinationIsOffAndSaysWhichAreMissing(
      String url, String key, String why) {
    if (url != null) {
      environment.put("SLACK_URL", url);
    }
    if (key != null) {
      environment.put("SLACK_KEY", key);
    }
    start();

    live.adopt(
        List.of(
            entry("slack", Map.of("url", "{{env:SLACK_URL}}", "api-key", "{{env:SLACK_KEY}}"))));

    RelayConfig.Destination slack = live.destinations().get("slack");
    assertThat(slack.on()).isEqualTo(why == null);
    assertThat(slack.whyOff().orElse(null)).isEqualTo(why);
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() {
    environment.put("relay.destinations.slack.url", "https://environment.example");
    environment.put("relay.destinations.slack.in-flight", "7");
    start();

    live.adopt(
        List.of(
            entry(
                "slack",
                Map.of("url", "{{env:SLACK_URL}}", "in-flight", "4", "one-state", "true"))));

    RelayConfig.Destination slack = live.destinations().get("slack");
    assertThat(slack.url()).contains("https://environment.example");
    assertThat(slack.inFlight()).hasValue(7);
    assertThat(slack.oneState()).isTrue();
    assertThat(slack.whyOff()).isEmpty();
  }

  @Test
  void aBuiltInDestinationKeepsTheSettingsOfTheStart() {
    environment.put("relay.destinations.crm.api-key", "came later");

    live.adopt(List.of(entry("slack", Map.of("url", "https://slack.example"))));

    assertThat(live.destinations().get("crm").whyOff())
        .contains("CRM_WEBHOOK_URL and CRM_WEBHOOK_SECRET are not set");
  }

  @Test
  void whatIsSecretInAUrlIsMaskedAlsoOnceItIsReplaced() {
    environment.put("SLACK_URL", "https://slack.example/services/T0AB12CD3/x8Yf2kQ9");
    start();
    SecretMask mask = new SecretMask(live);
    live.adopt(List.of(entry("slack", Map.of("url", "{{env:SLACK_URL}}"))));

    String masked = mask.masked("POST https://slack.example/services/T0AB12CD3/x8Yf2kQ9 failed");
    live.adopt(List.of());

    assertThat(masked).isEqualTo("POST https://slack.example/services/***/*** failed");
    assertThat(mask.masked("x8Yf2kQ9")).isEqualTo("***");
  }

  private static DestinationEntry entry(String name, Map<String, String> settings) {
    // in one order, as in a file
    return new DestinationEntry(name, new TreeMap<>(settings).descendingMap());
  }

  private String value(String setting) {
    return program.getValue("relay.destinations." + setting, String.class);
  }
}
