package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.startup.StartupSettings;

class RelayCommandTest {

  private final Terminal terminal = new Terminal();

  @TempDir Path temp;

  static Stream<String> commands() {
    return new RelayCommand(StartupSettings.of(Map.of()), () -> {}, System.out, System.err)
        .commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpOfACommandHasUsageExitCodesAndAnExample(String name) {
    Terminal.Done done = terminal.relay(name, "--help");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("Usage: ./relay " + name)
        .containsPattern("(?s)Exit codes:\n +[01] .*\n +2 .*\nExamples:\n.*\\./relay " + name)
        .doesNotContain("\u001b");
    assertThat(done.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theGeneralHelpListsEachCommand(String name) {
    assertThat(terminal.relay("--help").out()).containsPattern("\n  " + name + " +[A-Z].*\\.");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(terminal.relay("--version").out()).startsWith("Solar Relay ").contains("Java ");
  }

  @Test
  void runStartsTheRelay() {
    assertThat(terminal.relay("run").out()).isEqualTo("relaying");
  }

  @Test
  void anUnknownCommandGetsASuggestion() {
    Terminal.Done done = terminal.relay("explian", "x");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("explian").contains("./relay explain");
    assertThat(done.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay | Name ids, or filter by
          replay 12 --state dead | Name ids, or filter by
          replay 12 --reason x | Name ids, or filter by
          replay --status many | --status
          replay --until tomorrow | write 90m
          replay --messages --type lead.submitted | filter deliveries, not dead messages
          deliveries --messages --status 422 | filter deliveries, not dead messages
          replay --messages --state dead | filter deliveries, not dead messages
          replay --stat dead | Possible solutions: --state
          deliveries --since yesterday | write 90m
          deliveries --limit many | --limit
          explain | Missing required parameter
          find | Missing required parameter
          explain --url localhost x | Write it like http://localhost:8080
          approve twelve | is not a long
          send nowhere.json | nowhere.json cannot be read
          send --key 1 pom.xml | need --topic
          send --topic solar.leeds pom.xml | solar.leads, solar.projects, solar.enrollments
          send --topic solar.leads --subject 1 pom.xml | need --type
          send --topic solar.leads --as enerflo pom.xml | choose one
          send --topic solar.leads --id 1 pom.xml | --id needs --type
          send --topic solar.leads --type x routes/samples/event-lead.changed.json | a CloudEvent already
          send --as solarproof pom.xml | --as solarproof/EVENT
          send --as a/b/c pom.xml | --as must be like
          preview pom.xml | pom.xml is no JSON object
          """)
  void wrongUseEndsWithTwoAndAdvice(String arguments, String message) {
    Terminal.Done done = terminal.relay(arguments.split(" "));

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains(message).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(done.out()).isEmpty();
  }

  @Test
  void withoutARunningRelayTheMessageSaysHowToStartIt() {
    Terminal.Done done =
        terminal.set("RELAY_URL", "http://localhost:1").relay("explain", "whatever");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err())
        .isEqualToIgnoringNewLines(
            "Nothing listens at http://localhost:1. Start it with ./relay run, or name it with"
                + " --url or RELAY_URL.");
  }

  @Test
  void lintEndsWithOneOnProblems() throws IOException {
    Files.writeString(temp.resolve("deliver-acme.camel.yaml"), "- rote: {}\n");

    Terminal.Done done = terminal.relay("lint", temp.toString());
    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.out()).contains("Did you mean \"route\"?");
  }

  @Test
  void testRunsTheSpecsOfANamedRoute() {
    Terminal.Done done = terminal.relay("test", "fan-out");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("ok   fan-out: ")
        .containsPattern("[1-9]\\d* passed, 0 failed")
        .doesNotContain("deliver-");
  }
}
