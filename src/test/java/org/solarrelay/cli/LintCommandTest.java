package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.cli.LintReport.Format.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.RouteFolder;
import org.solarrelay.startup.StartupSettings;

class LintCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path temp;

  @Test
  void validFilesEndWithZero() {
    assertThat(lint("routes")).isZero();
    assertThat(out.toString()).contains("The route files in routes are fine");
  }

  @Test
  void problemsEndWithOneAndAPosition() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote: {}\n");

    assertThat(lint(temp.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(temp + "/deliver-acme.camel.yaml:1:3: ")
        .contains("Did you mean \"route\"?")
        .contains("1 problem in 1 file");
  }

  @Test
  void theDefaultFolderIsTheConfiguredOne() {
    StartupSettings settings = StartupSettings.of(Map.of("RELAY_ROUTES_DIR", temp.toString()));

    assertThat(LintCommand.run(RouteFolder.named(settings), TEXT, new PrintStream(out))).isZero();
    assertThat(out.toString()).contains(temp.toString());
  }

  @Test
  void aFileOutsideTheKustomizationIsReported() throws IOException {
    Files.createDirectories(temp.resolve("kamelets"));
    for (String file : List.of("kamelets/acme-add-sink.kamelet.yaml", "deliver-acme.camel.yaml")) {
      Files.writeString(temp.resolve(file), "");
    }
    Files.writeString(
        temp.resolve("Kustomization"),
        """
        configMapGenerator:
          - name: solar-relay-routes
            files:
              - deliver-acme.camel.yaml
        """);

    lint(temp.toString());
    assertThat(out.toString())
        .contains(
            "/Kustomization:2:3: warning: Kustomization does not list"
                + " kamelets/acme-add-sink.kamelet.yaml: no pod gets it")
        .doesNotContain("does not list deliver-acme");
  }

  @Test
  void theKustomizationListsAllFilesOfTheProject() {
    lint("routes");

    assertThat(out.toString()).doesNotContain("does not list");
  }

  @Test
  void aWarningAloneEndsWithZero() throws IOException {
    Files.writeString(temp.resolve("Kustomization"), "configMapGenerator:\n  - name: routes\n");
    Files.createDirectories(temp.resolve("schemas"));
    Files.writeString(
        temp.resolve("schemas/permit.issued.schema.json"), "{\"x-topic\":\"solar.projects\"}");

    assertThat(lint(temp.toString())).isZero();
    assertThat(out.toString()).contains("warning: Kustomization does not list schemas/permit");
  }

  @Test
  void jsonHasAnObjectForEachProblem() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote: {}\n");

    assertThat(lint(temp.toString(), LintReport.Format.JSON)).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("folder").asText()).isEqualTo(temp.toString());
    assertThat(report.path("problems")).hasSize(1);
    JsonNode problem = report.path("problems").path(0);
    assertThat(problem.path("file").asText()).isEqualTo("deliver-acme.camel.yaml");
    assertThat(problem.path("line").asInt()).isEqualTo(1);
    assertThat(problem.path("column").asInt()).isEqualTo(3);
    assertThat(problem.path("rule").asText()).isEqualTo("schema");
    assertThat(problem.path("level").asText()).isEqualTo("error");
    assertThat(problem.path("problem").asText()).contains("rote");
    assertThat(problem.path("mend").asText()).isEqualTo("Did you mean \"route\"?");
  }

  @Test
  void sarifHasAResultWithRuleAndLocationForEachProblem() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote: {}\n");

    assertThat(lint(temp.toString(), LintReport.Format.SARIF)).isEqualTo(1);
    JsonNode log = new ObjectMapper().readTree(out.toString());
    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    JsonNode run = log.path("runs").path(0);
    JsonNode result = run.path("results").path(0);
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules.path(result.path("ruleIndex").asInt()).path("id"))
        .isEqualTo(result.path("ruleId"));
    assertThat(result.path("ruleId").asText()).isEqualTo("schema");
    assertThat(result.path("level").asText()).isEqualTo("error");
    assertThat(result.at("/message/text").asText()).endsWith("Did you mean \"route\"?");
    JsonNode place = result.at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText())
        .isEqualTo(temp.resolve("deliver-acme.camel.yaml").toUri().toString());
    assertThat(place.path("region")).hasToString("{\"startLine\":1,\"startColumn\":3}");
  }

  @Test
  void sarifOfValidFilesHasNoResult() throws IOException {
    assertThat(lint("routes", LintReport.Format.SARIF)).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).at("/runs/0/results")).isEmpty();
  }

  @Test
  void aMissingFolderEndsWithTwo() {
    assertThat(lint(temp.resolve("none").toString())).isEqualTo(2);
  }

  private int lint(String folder) {
    return lint(folder, TEXT);
  }

  private int lint(String folder, LintReport.Format format) {
    return LintCommand.run(Path.of(folder), format, new PrintStream(out));
  }
}
