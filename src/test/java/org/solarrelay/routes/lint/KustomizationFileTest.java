package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KustomizationFileTest {

  private static final String GOOD =
      """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      configMapGenerator:
        - name: routes
          files:
            - deliver-acme.camel.yaml
        - name: answers
          files:
            - samples/answers/acme-add-lead-sink.yaml
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("samples/answers"));
    Files.writeString(folder.resolve("deliver-acme.camel.yaml"), "[]");
    Files.writeString(folder.resolve("samples/answers/acme-add-lead-sink.yaml"), "[]");
  }

  @Test
  void aListOfWhatIsThereIsFine() throws IOException {
    assertThat(findings(GOOD)).isEmpty();
  }

  @Test
  void theProjectsOwnIsFine() throws IOException {
    assertThat(findings(Path.of("routes"))).isEmpty();
  }

  @Test
  void aFolderWithoutOneIsFine() throws IOException {
    assertThat(findings(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- deliver-acme.camel|- deliver-acm.camel|error 6:9: there is no file"
            + " deliver-acm.camel.yaml. Did you mean \"deliver-acme.camel.yaml\"?",
        "acme-add-lead-sink|acme-add-led-sink|error 9:9: there is no file"
            + " samples/answers/acme-add-led-sink.yaml. Did you mean"
            + " \"samples/answers/acme-add-lead-sink.yaml\"?",
        "samples/answers/acme-add-lead-sink.yaml|deliver-acme.camel.yaml|error 9:9:"
            + " deliver-acme.camel.yaml is listed in line 6, too. Remove one of the two",
        "name: answers|name: routes|error 7:11: the ConfigMap routes is there twice. Put the files"
            + " of both into one",
        "- name: answers|- nmae: answers|error 7:5: a ConfigMap's generator has no key \"nmae\"."
            + " Did you mean \"name\"?",
        "configMapGenerator|configMapGenerators|error 3:1: kustomize has no key"
            + " \"configMapGenerators\". Did you mean \"configMapGenerator\"?",
        "kind: Kustomization|kind: ConfigMap|error 2:7: the kind is ConfigMap. Write \"kind:"
            + " Kustomization\"",
        "files:~      - deliver-acme.camel.yaml|files: deliver-acme.camel.yaml|error 5:12: files is"
            + " not a list. Write each file on a line of its own, after \"- \"",
        "- deliver-acme.camel.yaml|- a=samples/answers/acme-add-lead-sink.yaml|warning 4:3:"
            + " Kustomization does not list deliver-acme.camel.yaml: no pod gets it. Add \"-"
            + " deliver-acme.camel.yaml\" to the files of a ConfigMap"
      })
  void aMistakeIsNamedWithItsLine(String before, String after, String expected) throws IOException {
    String from = before.replace("~", "\n");
    assertThat(GOOD).contains(from);
    assertThat(findings(GOOD.replaceFirst(Pattern.quote(from), after))).contains(expected);
  }

  private List<String> findings(String text) throws IOException {
    Files.writeString(folder.resolve("Kustomization"), text);
    return findings(folder).stream()
        .map(
            it ->
                "%s %d:%d: %s. %s"
                    .formatted(
                        it.level().word(),
                        it.problem().line(),
                        it.problem().column(),
                        it.problem().message(),
                        it.problem().fix()))
        .toList();
  }

  private static List<Finding> findings(Path folder) throws IOException {
    return KustomizationFile.findings(folder, FolderFiles.read(folder).keySet());
  }
}
