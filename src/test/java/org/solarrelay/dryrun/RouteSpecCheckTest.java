package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.event.EventReader;
import org.solarrelay.routes.SpecCheck;
import org.solarrelay.routes.lint.FolderFiles;

class RouteSpecCheckTest {

  private static final String FAN_OUT = "fan-out.camel.yaml";
  private static final String CRM = "deliver-crm.camel.yaml";
  private static final String CALLBACK = "kamelets/crm-callback-sink.kamelet.yaml";
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir Path temp;

  private Path folder;
  private Map<String, String> good;
  private Map<String, String> next;

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @BeforeEach
  void defaultFiles() throws IOException {
    folder = RoutesCopy.in(temp.resolve("routes"));
    good = FolderFiles.read(folder);
    next = new TreeMap<>(good);
  }

  @Test
  void aChangeThatSpecsAgreeWithHasNoFailures() {
    edit(FAN_OUT, "The CRM receives all events", "The CRM receives every event");

    assertThat(failures()).isEmpty();
  }

  @Test
  void aFailureSaysSpecFileAndLineWhatWasExpectedAndWhatCame() {
    edit(FAN_OUT, "uri: delivery:solarproof", "uri: delivery:flip");

    assertThat(failures())
        .first()
        .satisfies(
            failure -> {
              assertThat(failure.files()).containsExactly(FAN_OUT);
              assertThat(failure.problem().file()).isEqualTo("tests/fan-out.test.yaml");
              assertThat(failure.problem().line()).isEqualTo(3);
              assertThat(failure.problem().message())
                  .isEqualTo(
                      "the spec \"A submitted lead\" of fan-out fails: heardBy: expected"
                          + " [crm, enerflo, solarproof], was [crm, enerflo, flip]");
              assertThat(failure.problem().fix()).contains("./relay test fan-out");
            });
  }

  @Test
  void aChangedKameletConcernsTheSpecsOfTheRoutesThatCallIt() {
    edit(CALLBACK, "httpMethod: POST", "httpMethod: PUT");

    assertThat(failures())
        .allSatisfy(failure -> assertThat(failure.files()).containsExactly(CALLBACK))
        .extracting(failure -> failure.problem().file())
        .contains("tests/deliver-crm.test.yaml");
  }

  @Test
  void specsOfRoutesThatDidNotChangeAreNotRun() throws IOException {
    Files.writeString(folder.resolve("tests/deliver-flip.test.yaml"), "cases:\n  - nme: a\n");
    edit(CRM, "Sends every event", "Sends each event");

    assertThat(failures()).isEmpty();
  }

  @Test
  void specsOfAnotherBranchOfTheSameStageAreNotRunAndThoseOfItsCallersAre() throws IOException {
    String failing =
        "cases: [{name: a, given: {event: {type: lead.submitted, data: {email: a@example.com}}},"
            + " expect: {outcome: dead}}]";
    for (String route : List.of("deliver-enerflo-notes", "deliver-enerflo-leads")) {
      Files.writeString(folder.resolve("tests/%s.test.yaml".formatted(route)), failing);
    }
    edit("deliver-enerflo-leads-add.camel.yaml", "Adds a lead", "Creates a lead");

    assertThat(failures())
        .extracting(failure -> failure.problem().file())
        .containsExactly("tests/deliver-enerflo-leads.test.yaml");
  }

  @Test
  void aSpecThatCannotBeReadIsAFailureOfItsRoute() throws IOException {
    Files.writeString(
        folder.resolve("tests/deliver-crm.test.yaml"),
        "cases:\n  - name: a\n    given: {event: {}}\n    expect: {outcom: delivered}\n");
    edit(CRM, "Sends every event", "Sends each event");

    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.problem().message())
                  .startsWith("this spec cannot be read: cases[")
                  .contains("outcom");
              assertThat(failure.problem().line()).isEqualTo(4);
            });
  }

  @Test
  void defaultStubsThatAreNotYamlFailTheChange() throws IOException {
    Files.writeString(folder.resolve("samples/answers/crm-callback-sink.yaml"), "- path: [a\n");
    edit(FAN_OUT, "The CRM receives all events", "The CRM receives every event");

    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.files()).containsExactly(FAN_OUT);
              assertThat(failure.problem().message())
                  .startsWith("the specs of this change cannot be run");
            });
  }

  @Test
  void aLoopThatDoesNotEndFailsItsSpecsWithinTheTime() {
    edit(FAN_OUT, "      steps:\n        - filter:", LOOP);

    assertThat(failures(Duration.ofSeconds(60)))
        .isNotEmpty()
        .allSatisfy(failure -> assertThat(failure.files()).containsExactly(FAN_OUT))
        .first()
        .satisfies(
            failure -> assertThat(failure.problem().message()).contains("a loop does not end"));
  }

  @Test
  void specsThatTakeTooLongAreAFailureOfTheFilesThatWaitForThem() {
    edit(FAN_OUT, "The CRM receives all events", "The CRM receives every event");

    assertThat(failures(Duration.ofNanos(1)))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.files()).containsExactly(FAN_OUT);
              assertThat(failure.problem().message())
                  .contains("the specs of this change did not end within 0 s");
            });
  }

  @Test
  void aSpecThatIgnoresTheEndOfItsTimeTakesNoMoreThanTwoThreadsHoweverManySaves()
      throws IOException {
    Files.writeString(
        folder.resolve("tests/fan-out.test.yaml"),
        """
        cases:
          - name: A submitted lead
            given: {event: {type: lead.submitted, source: web, data: {email: a@example.com}}}
            expect: {heardBy: [enerflo, solarproof, crm]}
        """);
    SpecCheck check = check(Duration.ofSeconds(2));
    edit(FAN_OUT, "      steps:\n        - filter:", STUBBORN);
    StubbornBean.hold();
    try {
      for (int save = 0; save < 2; save++) {
        assertThat(check.failures(good, next))
            .extracting(failure -> failure.problem().message())
            .containsExactly(
                "the specs of this change did not end within 2 s; the spec \"A submitted lead\" of"
                    + " fan-out was running");
      }
      long full = check.state();

      assertThat(check.failures(good, next))
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.files()).containsExactly(FAN_OUT);
                assertThat(failure.problem().message())
                    .isEqualTo(
                        "the specs of this change are not run: The spec \"A submitted lead\" of"
                            + " fan-out did not end within the time limit");
              });
      assertThat(check.state()).isEqualTo(full);

      StubbornBean.release();
      await().until(() -> check.state() != full);
      assertThat(check.failures(good, next)).isEmpty();
    } finally {
      StubbornBean.release();
    }
  }

  @Test
  void aTypeThatTheChangeAddsIsKnownToItsSpecsAndNotToTheRunningProgram() throws IOException {
    next.put("schemas/permit.issued.schema.json", "{\"x-topic\": \"solar.projects\"}");
    edit(FAN_OUT, "description: Solar Proof receives new", "description: Solar Proof receives");
    Path spec = folder.resolve("tests/fan-out.test.yaml");
    Files.writeString(
        spec,
        """
        cases:
          - name: A permit
            given: {event: {type: permit.issued, source: permits, data: {permit: B-17}}}
            expect: {heardBy: [enerflo]}
        """);

    assertThat(failures())
        .first()
        .satisfies(
            failure ->
                assertThat(failure.problem().message())
                    .endsWith("heardBy: expected [enerflo], was [crm]"));
    byte[] permit = "{\"type\":\"permit.issued\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> EventReader.read("solar.projects", 0, 0, 0, "P-1", new RecordHeaders(), permit))
        .hasMessageContaining("unknown event type");
  }

  @Test
  void anEditedSpecOrSampleShows() throws IOException {
    SpecCheck check = check(Duration.ofSeconds(60));
    long before = check.state();
    assertThat(check.state()).isEqualTo(before);

    Files.writeString(folder.resolve("tests/new.test.yaml"), "cases: []");

    assertThat(check.state()).isNotEqualTo(before);
  }

  private static final String STUBBORN =
      """
            steps:
              - bean:
                  beanType: org.solarrelay.dryrun.StubbornBean
                  method: pass
              - filter:\
      """;

  private static final String LOOP =
      """
            steps:
              - loop:
                  doWhile: true
                  expression:
                    constant:
                      expression: "true"
                  steps:
                    - setVariable:
                        name: round
                        expression:
                          constant:
                            expression: again
              - filter:\
      """;

  private List<SpecCheck.Failure> failures() {
    return failures(Duration.ofSeconds(60));
  }

  private List<SpecCheck.Failure> failures(Duration maxDuration) {
    return check(maxDuration).failures(good, next);
  }

  private SpecCheck check(Duration maxDuration) {
    return new RouteSpecCheck(folder, maxDuration, VERTX);
  }

  private void edit(String file, String before, String after) {
    assertThat(next.get(file)).contains(before);
    next.put(file, next.get(file).replace(before, after));
  }
}
