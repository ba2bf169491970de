package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.solarrelay.intake.KafkaAvailability;

/** The guarantees of the image, and Jib's image is the same as the Dockerfile's. */
class DockerfileTest {

  private final List<String> dockerfile = lines("Dockerfile");
  private final String pom = String.join("\n", lines("pom.xml"));
  private final List<String> javaArgs = lines("src/main/jib/opt/solar-relay/java.args");

  @Test
  void theBaseImageIsAPinnedJava25() {
    assertThat(all("FROM"))
        .singleElement()
        .asString()
        .matches("\\S+/eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-jre-\\w+");
  }

  @Test
  void theUserIsNumericAndNotRoot() {
    assertThat(all("USER")).singleElement().asString().matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    assertThat(dockerfile.indexOf("USER " + only("USER")))
        .isGreaterThan(dockerfile.indexOf("RUN " + only("RUN")));
  }

  @Test
  void javaIsTheFirstProcessAndReceivesSignals() {
    assertThat(only("ENTRYPOINT")).startsWith("[\"java\", ").endsWith("]");
    assertThat(all("CMD")).isEmpty();
  }

  @Test
  void copiedFilesExistAndAreNotIgnored() {
    List<String> let =
        lines(".dockerignore").stream().filter(line -> line.startsWith("!")).toList();
    List<String> sources =
        all("COPY").stream()
            .flatMap(copy -> Stream.of(copy.split(" ")).limit(copy.split(" ").length - 1))
            .toList();

    assertThat(sources).isNotEmpty();
    for (String source : sources) {
      assertThat(let).contains("!" + source.replaceFirst("/$", ""));
      assertThat(source.startsWith("target/") || Files.exists(Path.of(source))).as(source).isTrue();
    }
    assertThat(let).hasSameSizeAs(sources);
  }

  @Test
  void theHeapIsAShareOfThePodsMemory() {
    assertThat(javaArgs).anyMatch(argument -> argument.matches("-XX:MaxRAMPercentage=\\d+"));
    assertThat(javaArgs).noneMatch(argument -> argument.startsWith("-Xm"));
  }

  /**
   * The training sends webhooks that no Kafka accepts; any other response ends the image's build.
   */
  @Test
  void theTrainingKnowsTheResponseOfARelayWithoutKafka() {
    Matcher expected =
        Pattern.compile("grep -q '([^']+)'")
            .matcher(String.join("\n", lines("src/main/docker/train")));

    assertThat(expected.find()).isTrue();
    assertThat(KafkaAvailability.UNAVAILABLE).contains(expected.group(1));
  }

  @Test
  void jibBuildsTheSameImage() {
    assertThat(property("quarkus.jib.base-jvm-image")).isEqualTo(only("FROM"));
    assertThat(property("quarkus.jib.user")).isEqualTo(only("USER"));
    assertThat(property("quarkus.jib.working-directory")).isEqualTo(only("WORKDIR"));
    assertThat(property("quarkus.jib.ports").replace(',', ' ')).isEqualTo(only("EXPOSE"));
    String[] variable = only("ENV").split("=");
    assertThat(property("quarkus.jib.environment-variables." + variable[0])).isEqualTo(variable[1]);
  }

  private String only(String instruction) {
    assertThat(all(instruction)).as(instruction).hasSize(1);
    return all(instruction).get(0);
  }

  private List<String> all(String instruction) {
    return dockerfile.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  private String property(String name) {
    Matcher element =
        Pattern.compile("<%1$s>(.*)</%1$s>".formatted(Pattern.quote(name))).matcher(pom);
    assertThat(element.find()).as(name).isTrue();
    return element.group(1);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
