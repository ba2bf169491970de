package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be read because of their place, encoding or YAML. */
class UnreadableFilesTest {

  private static final String FILE = "deliver-acme.camel.yaml";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "deliver-acme.yaml, Rename it to deliver-acme.camel.yaml",
    "deliver-acme.yml, Rename it to deliver-acme.camel.yaml",
    "deliver-acme.camel.yml, Rename it to deliver-acme.camel.yaml",
    "acme-add-lead-sink.kamelet.yaml, Move it to kamelets/acme-add-lead-sink.kamelet.yaml",
    "kamelets/acme-add-lead-sink.kamelet.yml, Move it to kamelets/acme-add-lead-sink.kamelet.yaml",
    "kamelets/acme-add-lead-sink.yaml, Move it to kamelets/acme-add-lead-sink.kamelet.yaml",
    "kamelets/acme/acme-add-lead-sink.kamelet.yaml,"
        + " Move it to kamelets/acme-add-lead-sink.kamelet.yaml",
    "acme/deliver-acme.camel.yaml, Move it to deliver-acme.camel.yaml",
    "deliver-acme.test.yaml, Move it to tests/deliver-acme.test.yaml"
  })
  void aFileThatIsNotReadWhereItIsGoesElsewhere(String path, String fix) {
    assertThat(EditedFolder.with(path, "[]").places())
        .containsExactly("%s:1:1: this file is not read. %s".formatted(path, fix));
  }

  @ParameterizedTest
  @CsvSource({
    "acme/deliver-acme.camel.yaml, true",
    "old/2025/deliver-acme.camel.yml, true",
    "kamelets/acme/acme-add-lead-sink.kamelet.yaml, true",
    ".git/deliver-acme.camel.yaml, false",
    "..2026_11_30/deliver-acme.camel.yaml, false",
    "acme/.deliver-acme.camel.yaml, false",
    "samples/answers/acme-add-lead-sink.yaml, false",
    "tests/deliver-acme.test.yaml, false",
    "acme/values.yaml, false"
  })
  void aRouteInAFolderBelowIsFound(String path, boolean found) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[]");

    assertThat(FolderFiles.read(folder).containsKey(path)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, '2:18: a byte here is not UTF-8; the file may be in Windows-1252. Save it again"
        + " in UTF-8, and write the letter here anew'",
    "UTF-16, '1:1: the file is not in UTF-8, but in UTF-16. Save it again in UTF-8'",
    "UTF-16LE, '1:1: the file is not in UTF-8, but in UTF-16. Save it again in UTF-8'"
  })
  void anotherEncodingThanUtf8IsRejected(String charset, String problem) throws IOException {
    String text = "- route:\n    description: é\n";
    Files.write(folder.resolve(FILE), text.getBytes(Charset.forName(charset)));

    assertThat(new Lint().check(folder))
        .extracting(it -> it.line() + ":" + it.column() + ": " + it.message() + ". " + it.fix())
        .containsExactly(problem);
  }

  @Test
  void aByteOrderMarkAndWindowsLinesAreFine() throws IOException {
    String text = Files.readString(Path.of("routes/deliver-crm.camel.yaml"));
    String windows = "\uFEFF" + text.replace("\n", "\r\n");

    assertThat(EditedFolder.with("deliver-crm.camel.yaml", windows).places()).isEmpty();
    assertThat(windows.getBytes(StandardCharsets.UTF_8)).startsWith(0xEF, 0xBB, 0xBF);
  }

  @Test
  void theColumnCountsNoByteOrderMark() {
    assertThat(EditedFolder.with(FILE, "\uFEFFa: {{x}}\r\n").places())
        .containsExactly(
            FILE
                + ":1:4: {{x}} stands without quotes, and YAML reads { as the beginning of a"
                + " mapping. Quote it: \"{{x}}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- a:~    uri: {{url}}~|2:10: {{url}} stands without quotes, and YAML reads { as the"
            + " beginning of a mapping. Quote it: \"{{url}}\"",
        "- a: {{url}}/v2/leads~|1:6: {{url}}/v2/leads stands without quotes, and YAML reads { as"
            + " the beginning of a mapping. Quote it: \"{{url}}/v2/leads\"",
        "- a:~~\tb: c~|3:1: a tab stands where YAML takes spaces. Indent with spaces only",
        "- a: Leads: new ones~|1:11: a colon follows where no key begins. A text with a colon and"
            + " a space stands in quotes: '…'; keys of one mapping have one indentation",
        "- a: 'x~  b: c~|1:6: a quote is not closed. Close it, or remove it",
        "- a: \"\\d+\"~|1:8: a backslash in double quotes begins an escape that YAML does not"
            + " have. Write the text in single quotes, or the backslash twice",
        "- a: *~|1:7: a text cannot begin with * or &. Put the whole text in quotes: '…'",
        "- a: *all~|1:6: a text cannot begin with *. Put the whole text in quotes: '…'",
        "- a: @daily~|1:6: a text cannot begin here. Put the whole text in quotes: '…'",
        "- a: {b: c~|1:6: a { is not closed. Close it by }",
        "- a: [b, c~|1:6: a [ is not closed. Close it by ]",
        "- a: b~---~- c: d~|2:1: the file holds a second document. Remove the line ---, or put"
            + " what follows into a file of its own",
        "- a: 'it's'~|1:10: a text goes on where the value has ended. Within single quotes write"
            + " a quote twice (''), or put the text in double quotes",
        "route~|1:1: the file is one text, without keys. Write a space behind each colon",
        "- a:~\u00A0   b: c~|2:1: the line begins with a space that YAML does not take for one"
            + " (U+00A0). Replace it by an ordinary space; it comes with text copied from a page",
        "- a: b\u200Bc~|1:7: an invisible character stands here (U+200B). Remove it; it comes with"
            + " text copied from a page",
        "- a: b\u0001~|1:7: a character here is not allowed in YAML: U+0001. Remove it; it is"
            + " invisible in most editors"
      })
  void yamlThatCannotBeReadSaysWhatToWrite(String text, String problem) {
    assertThat(EditedFolder.with(FILE, text.replace('~', '\n')).places())
        .containsExactly(FILE + ":" + problem);
  }

  @Test
  void aKameletWithAnErrorIsNotMissedByThoseThatCallIt() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "default: \"{{relay.destinations.crm.api-key:}}\"",
                    "default: {{relay.destinations.crm.api-key:}}")
                .places())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:33:18: {{relay.destinations.crm.api-key:}}"
                + " stands without quotes, and YAML reads { as the beginning of a mapping. Quote"
                + " it: \"{{relay.destinations.crm.api-key:}}\"");
  }

  @Test
  void aRouteWithAnErrorIsNotMissedByThoseThatCallIt() {
    assertThat(
            EditedFolder.with("deliver-flip-change.camel.yaml", "- route:", "- route: {").places())
        .singleElement()
        .asString()
        .startsWith("deliver-flip-change.camel.yaml:");
  }
}
