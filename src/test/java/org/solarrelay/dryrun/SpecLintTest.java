package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in specs, samples and default stubs, beside the default files. */
class SpecLintTest {

  private static final String SPEC =
      """
      cases:
        - name: A lead
          given: {event: {type: lead.submitted, source: web, data: {email: a@example.com}}}
          expect: {heardBy: [enerflo, crm]}
        - name: A note
          given: {event: {sample: event-project.note-added.json}}
          expect:
            outcome: delivered
      """;

  private static final String EVENT =
      """
      {
        "specversion": "1.0",
        "id": "1",
        "source": "web",
        "type": "lead.submitted",
        "subject": "7421",
        "data": {"fullName": "Ada Example", "smsOptIn": true}
      }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void copyDefaultFiles() throws IOException {
    Path routes = Path.of("routes");
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = folder.resolve(routes.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void theDefaultFilesAreFine() throws IOException {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aSpecAndASampleThatAreFineAreNotNamed() throws IOException {
    assertThat(with("tests/fan-out.test.yaml", SPEC)).isEmpty();
    assertThat(with("samples/event-lead.submitted-b.json", EVENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "heardBy: [enerflo|herdBy: [enerflo|4:14: cases[0].expect cannot have \"herdBy\"",
        "name: A note|name: A lead|5:11: the case of line 2 has the same name. Say what differs",
        "outcome: delivered|outcome: delivered~      outcome: dead|9:7: \"outcome\" is there twice,"
            + " first in line 8. Keep one of the two",
        "note-added.json|note-aded.json|6:29: there is no samples/event-project.note-aded.json. Did"
            + " you mean \"event-project.note-added.json\"?",
        "type: lead.submitted|type: lead.submited|3:27: there is no event type \"lead.submited\"."
            + " Did you mean \"lead.submitted\"?",
        "[enerflo, crm]|[enerflo, cmr]|4:33: no route delivers to \"cmr\". Did you mean \"crm\"?",
        "cases:|route: fan-uot~cases:|1:8: there is no route fan-uot. Did you mean \"fan-out\"?",
        "outcome: delivered|outcome: deliverd|8:7: cases[1].expect.outcome must be one of",
        "  - name: A note|~\t- name: A note|6:1: a tab stands where YAML takes spaces.",
        "email: a@example.com|token: \"Bearer abcdefgh123456\"|3:71: this looks like a secret."
      })
  void aMistakeInASpecIsNamed(String before, String after, String expected) throws IOException {
    assertThat(SPEC).contains(before);
    assertThat(with("tests/fan-out.test.yaml", SPEC.replace(before, after.replace('~', '\n'))))
        .anyMatch(it -> it.startsWith("tests/fan-out.test.yaml:" + expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tests/fan-outt.test.yaml|1:1: there is no route fan-outt. Did you mean \"fan-out\"?",
        "tests/fan-out.test.yml|1:1: this file is not read. Rename it to tests/fan-out.test.yaml",
        "tests/fan-out-b.yaml|1:1: this file is not read. Rename it to tests/fan-out-b.test.yaml"
      })
  void aSpecThatIsNotRunIsNamed(String file, String expected) throws IOException {
    assertThat(with(file, SPEC)).anyMatch(it -> it.startsWith(file + ":" + expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"7421\",|\"7421\"|7:3: this is no JSON:",
        "lead.submitted|lead.changed|5:3: the file is named after lead.submitted, its type is"
            + " \"lead.changed\". Rename the file, or correct the type",
        "\"smsOptIn\": true|\"address\": 5|7:39: this is no event: lead.submitted: address",
        "\"data\": {|\"data\": [{|8:1: this is no JSON: Unexpected close marker",
        "Ada Example|Bearer abcdefgh12345|7:25: this looks like a secret."
      })
  void aMistakeInASampleIsNamed(String before, String after, String expected) throws IOException {
    assertThat(EVENT).contains(before);
    assertThat(with("samples/event-lead.submitted.json", EVENT.replace(before, after)))
        .anyMatch(it -> it.startsWith("samples/event-lead.submitted.json:" + expected));
  }

  @Test
  void aSampleOfAWebhookThatNoRouteTranslatesIsNamed() throws IOException {
    assertThat(with("samples/webhook-enerflow-new_customer.json", "{}"))
        .containsExactly(
            "samples/webhook-enerflow-new_customer.json:1:1: no route translates webhooks of"
                + " \"enerflow\". Did you mean \"enerflo\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "enerflo-add-note-snk.yaml|- path: /x|1:1: there is no kamelet or destination enerflo-add-note-snk, so no"
            + " call uses this. Did you mean \"enerflo-add-note-sink\"?",
        "enerflo-add-note-sink.yml|- path: /x|1:1: this file is not read. Rename it to"
            + " enerflo-add-note-sink.yaml",
        "enerflo-add-note-sink.yaml|- path: /api/v2/installs/{id}/notes|1:9: the kamelet"
            + " enerflo-add-note-sink does not call /api/v2/installs/{id}/notes. It calls"
            + " /api/v3/installs",
        "enerflo-add-note-sink.yaml|- path: /api/v3/installs/{id}/notes~  stats: 200|2:3: [0] cannot"
            + " have \"stats\"",
        "enerflo-add-note-sink.yaml|- path: /api/v3/installs/{id}/notes~  path: /x|2:3: \"path\" is"
            + " there twice, first in line 1. Keep one of the two"
      })
  void aMistakeInAnAnswerIsNamed(String file, String text, String expected) throws IOException {
    String path = "samples/answers/" + file;
    assertThat(with(path, text.replace('~', '\n')))
        .anyMatch(it -> it.startsWith(path + ":" + expected));
  }

  @Test
  void unusedStubsAndSpecsAreReported() throws IOException {
    assertThat(with("samples/answers/gone.yaml", "- path: /x\n"))
        .containsExactly(
            "samples/answers/gone.yaml:1:1: there is no kamelet or destination gone, so no call uses this."
                + " Delete this file, or name it after a kamelet or a destination");
    assertThat(with("tests/deliver-gone.test.yaml", SPEC))
        .containsExactly(
            "tests/deliver-gone.test.yaml:1:1: there is no route deliver-gone."
                + " Delete this file, or name its route by \"route:\"");
  }

  @Test
  void theSpecOfARouteThatCannotBeReadIsNotSaidToBeOfNone() throws IOException {
    assertThat(with("deliver-crm.camel.yaml", "- route: [\n"))
        .noneMatch(it -> it.contains("there is no route deliver-crm"));
  }

  @Test
  void theStubsOfACallByHttpsAreInAFileOfTheDestinationsName() throws IOException {
    assertThat(with("samples/answers/enerflo.yaml", "- path: /x\n  body: ok\n"))
        .noneMatch(it -> it.startsWith("samples/answers/enerflo.yaml"));
  }

  /** The findings with a changed file, which is restored afterwards. */
  private static List<String> with(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    try {
      return findings();
    } finally {
      if (before.length == 0) {
        Files.delete(file);
      } else {
        Files.write(file, before);
      }
    }
  }

  private static List<String> findings() throws IOException {
    return SpecLint.findings(folder).stream()
        .map(
            it ->
                it.problem()
                    .toString()
                    .replaceFirst(":(\\d+):", ":$1:" + it.problem().column() + ":"))
        .toList();
  }
}
