package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./relay} with the packaged program. */
class RelayScriptIT {

  private static final Path SCRIPT = Path.of("relay").toAbsolutePath();

  private final Map<String, String> environment = new HashMap<>();

  @TempDir Path temp;

  private record Done(int exitCode, String out, String err) {}

  @Test
  void withoutACommandTheHelpIsPrinted() throws Exception {
    Done done = relay(SCRIPT);

    assertThat(done.exitCode()).isZero();
    assertThat(done.out()).startsWith("Usage: ./relay [OPTIONS] COMMAND").doesNotContain("\u001b");
    assertThat(relay(SCRIPT, "--version").out()).matches("(?s)Solar Relay \\d+\\.\\d+.*Java .*");
  }

  @Test
  void theRoutesOfTheRepositoryAreUsedFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("elsewhere"), SCRIPT);

    Done done = relay(link, "lint");
    assertThat(done.out())
        .isEqualTo("The route files in %s are fine\n".formatted(SCRIPT.resolveSibling("routes")));
    assertThat(done.exitCode()).isZero();
  }

  @Test
  void aRelayThatTheScriptRunsAcceptsALeadAndStopsWithIt() throws Exception {
    try (PackagedRelay relay = new PackagedRelay(temp.resolve("data"), Map.of())) {
      relay.startBy(SCRIPT.toString(), "run");
      environment.put("RELAY_URL", relay.url());
      Files.writeString(
          temp.resolve("lead.json"),
          """
          {"fullName":"Ada Example","email":"ada@example.com","mobile":"8015550100",
           "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}""");

      Done sent = relay(SCRIPT, "send", "--wait", "lead.json");
      assertThat(sent.err()).isEmpty();
      assertThat(sent.out()).containsPattern("enerflo +delivered").doesNotContain("\u001b");
      assertThat(sent.exitCode()).isZero();
      Done topic =
          relay(
              SCRIPT,
              List.of(
                  "send",
                  "--kafka",
                  relay.kafka(),
                  "--topic",
                  "solar.leads",
                  "--key",
                  "7",
                  "--wait",
                  "lead.json"));
      assertThat(topic.err()).isEmpty();
      assertThat(topic.out()).contains("lead.submitted of crm, about 7,");
      assertThat(relay(SCRIPT, "deliveries").out().lines()).hasSize(6);
      assertThat(relay.stop()).isTrue();
    }
    assertThat(relay(SCRIPT, "deliveries").err()).contains("Nothing listens at ");
  }

  @Test
  void aMissingBuildIsReportedWithTheCommand() throws Exception {
    Path alone = Files.copy(SCRIPT, temp.resolve("relay"));

    Done done = relay(alone, "lint");
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("Build it first").contains("package");
  }

  @Test
  void aMissingOrOldJavaIsReported() throws Exception {
    environment.put("JAVA_HOME", temp.toString());
    assertThat(relay(SCRIPT, "lint").err()).contains("there is no bin/java in it");

    Path bin = Files.createDirectory(temp.resolve("bin"));
    Files.writeString(
        bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(
        bin.resolve("java"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Done old = relay(SCRIPT, "lint");
    assertThat(old.err()).contains("is Java 11. Solar Relay needs Java 17 or later");
    assertThat(old.exitCode()).isEqualTo(2);
  }

  @Test
  void optionsForJavaArePassedOn() throws Exception {
    environment.put("RELAY_JAVA_OPTS", "-Dno.such=1 -XX:+NoSuchOption");

    assertThat(relay(SCRIPT, "lint").err()).contains("NoSuchOption");
  }

  private Done relay(Path script, String... arguments) throws IOException, InterruptedException {
    return relay(script, List.of(arguments));
  }

  private Done relay(Path script, List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(script.toString()));
    line.addAll(arguments);
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Done(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
