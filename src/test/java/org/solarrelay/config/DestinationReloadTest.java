package org.solarrelay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of destinations.yaml become destinations of {@link ReloadableConfig}. */
class DestinationReloadTest {

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
  private ReloadableConfig live;

  @BeforeEach
  void start() {
    program = program();
    live = new ReloadableConfig(program.getConfigMapping(RelayConfig.class), () -> program);
  }

  private SmallRyeConfig program(ConfigSource... further) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        .withValidateUnknown(false)
        .withSources(new PropertiesConfigSource(environment, "environment", 300))
        .withSources(new DestinationFileSource())
        .withSources(further)
        .build();
  }

  @Test
  void foldersAreNotReadMoreOftenThanTenTimesASecond() {
    assertThat(live.reloadInterval()).isEqualTo(Duration.ofMillis(500));

    environment.put("relay.reload-interval", "PT0S");
    start();

    assertThat(live.reloadInterval()).isEqualTo(Duration.ofMillis(100));
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
  void aPlaceholderIsReplacedByAVariableWithAnyValue() {
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
  void withoutItsVariablesADestinationIsOffAndNamesThem(String url, String key, String why) {
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
  void theEnvironmentWinsOverTheFile() {
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
  void aSecretInAUrlIsMaskedEvenAfterItsReplacement() {
    environment.put("SLACK_URL", "https://slack.example/services/T0AB12CD3/x8Yf2kQ9");
    start();
    SecretMask mask = new SecretMask(live);
    live.adopt(List.of(entry("slack", Map.of("url", "{{env:SLACK_URL}}"))));

    String masked = mask.masked("POST https://slack.example/services/T0AB12CD3/x8Yf2kQ9 failed");
    live.adopt(List.of());

    assertThat(masked).isEqualTo("POST https://slack.example/services/***/*** failed");
    assertThat(mask.masked("x8Yf2kQ9")).isEqualTo("***");
  }

  @Test
  void anInvalidEntryIsRejectedEachTimeAndChangesNothing() {
    live.adopt(List.of(entry("slack", Map.of("url", "https://slack.example"))));
    RelayConfig before = live.get();
    List<DestinationEntry> next =
        List.of(
            entry("slack", Map.of("url", "https://other.example")),
            entry("teams", Map.of("url", "https://teams.example", "in-flight", "a-secret")));

    for (int times = 0; times < 2; times++) {
      assertThatThrownBy(() -> live.adopt(next))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessage("the value of relay.destinations.teams.in-flight is not valid");
    }

    assertThat(live.get()).isSameAs(before);
    assertThat(live.destinations()).containsOnlyKeys("crm", "slack");
    assertThat(value("slack.url")).isEqualTo("https://slack.example");
    assertThat(program.getOptionalValue("relay.destinations.teams.url", String.class)).isEmpty();

    live.adopt(next.subList(0, 1));
    assertThat(live.destinations().get("slack").url()).contains("https://other.example");
  }

  @Test
  void anInvalidSecretFileChangesNothing(@TempDir Path folder) throws IOException {
    SecretFiles secrets = new SecretFiles(folder);
    program = program(secrets);
    live = new ReloadableConfig(program.getConfigMapping(RelayConfig.class), () -> program);
    live.adopt(List.of(entry("slack", Map.of("url", "https://slack.example"))));
    RelayConfig before = live.get();

    Path inFlight = folder.resolve("RELAY_DESTINATIONS_SLACK_IN_FLIGHT");
    Files.writeString(inFlight, "four");
    check(secrets);

    assertThat(live.get()).isSameAs(before);
    assertThat(program.getConfigValue("relay.destinations.slack.in-flight").getValue()).isNull();
    live.adopt(List.of(entry("slack", Map.of("url", "https://other.example"))));
    assertThat(live.destinations().get("slack").url()).contains("https://other.example");

    Files.writeString(inFlight, "4");
    check(secrets);
    assertThat(live.destinations().get("slack").inFlight()).hasValue(4);
  }

  /** Checks twice, because a change counts when two reads are equal. */
  private void check(SecretFiles secrets) {
    live.check(program, secrets);
    live.check(program, secrets);
  }

  private static DestinationEntry entry(String name, Map<String, String> settings) {
    // in a fixed order, as in a file
    return new DestinationEntry(name, new TreeMap<>(settings).descendingMap());
  }

  private String value(String setting) {
    return program.getValue("relay.destinations." + setting, String.class);
  }
}
