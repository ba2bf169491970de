package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code ./relay test} for wrong specs and wrong routes. */
class SpecsTest {

  private static final String LEAD =
      "given: {event: {type: lead.submitted, data: {email: a@example.com}}}";
  private static final String ADD = "{method: POST, path: /api/v1/partner/action/lead/add";

  @TempDir Path folder;

  @Test
  void aSpecThatPassesIsALineAndTheExitCodeIsZero() throws IOException {
    assertThat(test("cases: [{name: Fine, %s, expect: {calls: [%s}]}}]".formatted(LEAD, ADD)))
        .contains("ok   deliver-enerflo-leads: Fine", "1 passed, 0 failed, in ", "exit 0");
  }

  @Test
  void aMisspeltKeyIsReportedWithLineAndAllowedKeys() throws IOException {
    String spec =
        "cases:\n  - name: a\n    %s\n    expct: {}\n    expect: {cals: []}".formatted(LEAD);

    assertThat(test(spec))
        .contains(
            "deliver-enerflo-leads.test.yaml:4: cases[0] cannot have \"expct\"; it may have"
                + " [answers, approved, expect, given, knownIds, name, now, settings]")
        .contains("deliver-enerflo-leads.test.yaml:5: cases[0].expect cannot have \"cals\"")
        .contains("exit 2");
  }

  @Test
  void textThatIsNotYamlIsReportedWithItsLine() throws IOException {
    assertThat(test("cases:\n  - {name: a"))
        .containsPattern("test\\.yaml:[23]: not YAML: ")
        .contains("exit 2");
  }

  @Test
  void aDifferenceIsNamedByItsPath() throws IOException {
    String expect = "expect: {calls: [%s, body: {lead: {email: b@example.com}}}]}".formatted(ADD);

    assertThat(test("cases: [{name: a, %s, %s}]".formatted(LEAD, expect)))
        .contains(
            "FAIL deliver-enerflo-leads: a",
            "test.yaml:1)",
            "POST /api/v1/partner/action/lead/add: body.lead.email: expected \"b@example.com\","
                + " was \"a@example.com\"",
            "0 passed, 1 failed",
            "exit 1");
  }

  @Test
  void anUnexpectedCallAndAMissingCallAreReported() throws IOException {
    String other = "expect: {calls: [{method: PUT, path: /elsewhere}]}";

    assertThat(test("cases: [{name: a, %s, %s}]".formatted(LEAD, other)))
        .contains(
            "missing call: PUT /elsewhere",
            "unexpected call: POST /api/v1/partner/action/lead/add {\"lead\":");
  }

  @Test
  void anotherOutcomeIsReportedWithItsReason() throws IOException {
    String answers = "answers: [{path: /api/v1/*/action/lead/add, status: 503}]";
    String expect = "expect: {calls: [%s}]}".formatted(ADD);

    assertThat(test("cases: [{name: a, %s, %s, %s}]".formatted(LEAD, answers, expect)))
        .contains("outcome: expected delivered, was retried: enerflo returned 503");
  }

  @Test
  void anUnusedStubFailsTheCase() throws IOException {
    String answers = "answers: [{path: /api/v1/*/action/laed/add}]";
    String expect = "expect: {calls: [%s}]}".formatted(ADD);

    assertThat(test("cases: [{name: a, %s, %s, %s}]".formatted(LEAD, answers, expect)))
        .contains("no call used the stub for /api/v1/*/action/laed/add in ");
  }

  @Test
  void aCallWithoutAStubFailsTheCase() throws IOException {
    Path routes = copyOfRoutes();
    Files.delete(routes.resolve("samples/answers/enerflo-add-lead-sink.yaml"));
    String expect = "expect: {outcome: retried, calls: [%s}]}".formatted(ADD);

    assertThat(test(routes, "cases: [{name: a, %s, %s}]".formatted(LEAD, expect)))
        .contains(
            "no stub for POST /api/v1/partner/action/lead/add: add one to answers:, or to"
                + " routes/samples/answers/");
  }

  @Test
  void aSpecOfNoRouteSaysHowSpecsAreNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.test.yaml"), "cases: [{name: a, %s, expect: {}}]".formatted(LEAD));

    assertThat(run(Path.of("routes"), file)).contains("there is no route acme");
  }

  @Test
  void aRouteThatCannotStartFailsItsSpecsWithTheReason() throws IOException {
    Path routes = copyOfRoutes();
    Path route = routes.resolve("deliver-enerflo-notes.camel.yaml");
    Files.writeString(route, Files.readString(route).replace("add-note-sink", "add-nte-sink"));

    assertThat(test(routes, "cases: [{name: a, %s, expect: {}}]".formatted(LEAD)))
        .contains("FAIL", "enerflo-add-nte-sink");
  }

  @Test
  void aRouteThatCallsItselfEndsItsSpecWithTheCircle() throws IOException {
    Path routes = copyOfRoutes();
    Path route = routes.resolve("deliver-enerflo-leads-add.camel.yaml");
    String text = Files.readString(route);
    assertThat(text).contains("kamelet:enerflo-add-lead-sink");
    Files.writeString(
        route,
        text.replace("kamelet:enerflo-add-lead-sink", "direct:deliver-enerflo-leads-add")
            .replace("            variableSend: leadJson\n", ""));

    assertThat(test(routes, "cases: [{name: a, %s, expect: {}}]".formatted(LEAD)))
        .contains(
            "outcome: expected delivered, was dead: the message visited 1000 routes and would go"
                + " on: deliver-enerflo-leads-add → deliver-enerflo-leads-add.");
  }

  private String test(String spec) throws IOException {
    return test(Path.of("routes"), spec);
  }

  private String test(Path routes, String spec) throws IOException {
    return run(routes, Files.writeString(folder.resolve("deliver-enerflo-leads.test.yaml"), spec));
  }

  private static String run(Path routes, Path file) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(json, true, StandardCharsets.UTF_8);
    int code = new SpecCommand(routes, out).run(List.of(file));
    return json.toString(StandardCharsets.UTF_8) + "exit " + code;
  }

  private Path copyOfRoutes() throws IOException {
    return RoutesCopy.in(folder.resolve("routes"));
  }
}
