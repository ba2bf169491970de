package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.Program;

/** Every alert has a summary, a severity and a runbook section, and fires in its cases. */
class AlertsTest {

  private static final Path CASES = Path.of("src/test/resources/monitoring/alerts.promtest.yaml");
  private static final String RUNBOOK = "docs/runbook.md#";

  @TempDir private Path dir;

  @Test
  void everyAlertHasASummaryASeverityAndALinkToTheRunbook() {
    assertThat(Monitoring.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.path("alert").asText()).matches("SolarRelay[A-Z]\\w+");
              assertThat(alert.at("/labels/severity").asText()).matches("critical|warning|info");
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/description").asText()).isNotBlank();
              assertThat(alert.at("/annotations/runbook_url").asText())
                  .isEqualTo(RUNBOOK + alert.path("alert").asText().toLowerCase(Locale.ROOT));
            });
  }

  @Test
  void everyQueriedRecordingExistsAndHasTheLabelsOfItsName() {
    Map<String, String> recordings = Monitoring.recordings();
    assertThat(Monitoring.queries())
        .flatExtracting(Query::recorded)
        .isNotEmpty()
        .allSatisfy(
            series -> {
              assertThat(recordings).containsKey(series.metric());
              assertThat(levels(series.metric()))
                  .as(series.toString())
                  .containsAll(series.conditions().stream().map(Query.Condition::label).toList());
            });
    assertThat(recordings)
        .allSatisfy(
            (name, expression) -> {
              Query query = new Query(expression);
              query
                  .recorded()
                  .forEach(series -> assertThat(levels(series.metric())).isEqualTo(levels(name)));
              if (query.recorded().isEmpty()) {
                assertThat(query.groupings()).as(name).isEqualTo(levels(name));
              }
            });
  }

  /** The labels of a recorded series: {@code a} and {@code b} of {@code a_b:metric:operation}. */
  private static Set<String> levels(String recording) {
    return Set.of(recording.substring(0, recording.indexOf(':')).split("_"));
  }

  @Test
  void theRunbookHasExactlyOneSectionForEachAlert() throws IOException {
    List<String> sections;
    try (Stream<String> lines = Files.lines(Path.of("docs/runbook.md"))) {
      sections =
          lines
              .filter(line -> line.startsWith("### SolarRelay"))
              .map(line -> line.substring(4).strip())
              .toList();
    }
    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            Monitoring.alerts().stream().map(alert -> alert.path("alert").asText()).toList());
  }

  @Test
  void everySectionNamesThePageOfItsAlertAndACommand() throws IOException {
    String runbook = Files.readString(Path.of("docs/runbook.md"));
    assertThat(Monitoring.alerts())
        .allSatisfy(
            alert -> {
              String page =
                  Monitoring.pageOf(alert)
                      .replaceAll("\\{\\{ \\$labels\\.destination }}", "DESTINATION");
              assertThat(runbook)
                  .containsPattern(
                      "### %s\n\n\\*\\*Page:\\*\\* `%s`\\s· \\*\\*Command:\\*\\* `[^`]+`\n"
                          .formatted(alert.path("alert").asText(), Pattern.quote(page)));
            });
  }

  @Test
  void alertsFireInTheirCases() throws Exception {
    assumeTrue(promtool().isInstalled(), "promtool is not installed (Debian's package prometheus)");
    Path rules = dir.resolve("rules.yaml");
    new YAMLMapper().writeValue(rules.toFile(), Monitoring.ruleSpec());
    Path cases = dir.resolve("cases.yaml");
    Files.writeString(cases, Files.readString(CASES).replace("RULES", rules.toString()));

    assertThat(promtool("check", "rules", rules.toString()).run(dir, "")).contains("SUCCESS");
    assertThat(promtool("test", "rules", cases.toString()).run(dir, "")).contains("SUCCESS");
  }

  @Test
  void theCasesNameExistingAlerts() throws IOException {
    JsonNode cases = new YAMLMapper().readTree(CASES.toFile());
    List<String> names =
        Monitoring.alerts().stream().map(alert -> alert.path("alert").asText()).toList();
    assertThat(cases.findValuesAsText("alertname")).isNotEmpty().isSubsetOf(names);
  }

  private static Program promtool(String... arguments) {
    return new Program(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList());
  }
}
