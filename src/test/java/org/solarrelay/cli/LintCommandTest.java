package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.Settings;

class LintCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path temp;

  @Test
  void fineFilesEndWithZero() {
    assertThat(lint("routes")).isZero();
    assertThat(out.toString()).contains("The route files in routes are fine");
  }

  @Test
  void problemsEndWithOneAndNameFileAndLine() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote: {}\n");

    assertThat(lint(temp.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(temp + "/deliver-acme.camel.yaml:1: ")
        .contains("Did you mean \"route\"?")
        .contains("1 problem in 1 file");
  }

  @Test
  void theFolderIsTheConfiguredOneWhereNoneIsNamed() {
    Settings settings = Settings.of(Map.of("RELAY_ROUTES_DIR", temp.toString()));

    assertThat(LintCommand.run(List.of(), settings, new PrintStream(out))).isZero();
    assertThat(out.toString()).contains(temp.toString());
  }

  @Test
  void aFileThatNoPodWouldGetIsTold() throws IOException {
    Files.createDirectories(temp.resolve("kamelets"));
    for (String file : List.of("kamelets/acme-add-sink.kamelet.yaml", "deliver-acme.camel.yaml")) {
      Files.writeString(temp.resolve(file), "");
    }
    Files.writeString(temp.resolve("Kustomization"), "files:\n  - deliver-acme.camel.yaml\n");

    lint(temp.toString());
    assertThat(out.toString())
        .contains("Kustomization does not list kamelets/acme-add-sink.kamelet.yaml")
        .doesNotContain("does not list deliver-acme");
  }

  @Test
  void allFilesOfTheProjectReachPods() {
    lint("routes");

    assertThat(out.toString()).doesNotContain("does not list");
  }

  @Test
  void aFolderThatIsNotThereEndsWithTwo() {
    assertThat(lint(temp.resolve("none").toString())).isEqualTo(2);
  }

  private int lint(String folder) {
    return LintCommand.run(List.of(folder), Settings.of(Map.of()), new PrintStream(out));
  }
}
