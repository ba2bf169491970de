package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests deploy this build's version, and the Kafka and PostgreSQL of the tests. */
class VersionsTest {

  private final String pom = read(Path.of("pom.xml"));

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void theRelayHasThisVersion(String overlay) {
    assertThat(images(overlay))
        .filteredOn(image -> image.contains("solar-relay"))
        .isNotEmpty()
        .allMatch(image -> image.endsWith(":" + version()));
  }

  @Test
  void thePageBuildsThisVersion() {
    assertThat(read(Path.of("docs", "deploy.md")))
        .contains("solar-relay:" + version(), "solar-relay-standalone:" + version());
  }

  @Test
  void aLocalClusterHasKafkaAndPostgresOfTheTests() {
    assertThat(images("local"))
        .contains("apache/kafka:" + find("<kafka.version>([^<]+)<"))
        .contains("postgres:" + find("<postgres-binaries.version>(\\d+\\.\\d+)\\.0<"));
  }

  private static List<String> images(String overlay) {
    return Kustomize.render(Path.of("k8s", "overlays", overlay)).workloads().stream()
        .flatMap(Manifests::containersOf)
        .map(container -> container.path("image").asText())
        .toList();
  }

  private String version() {
    return find("<artifactId>solar-relay</artifactId>\\s+<version>([^<]+)<");
  }

  private String find(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(pom);
    assertThat(matcher.find()).as("the pom has %s", pattern).isTrue();
    return matcher.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
