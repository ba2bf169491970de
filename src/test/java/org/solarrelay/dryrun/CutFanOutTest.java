package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;

/** {@code fan-out.camel.yaml}, cut at each of its bytes: a file that was saved in part. */
class CutFanOutTest {

  private static final Path ROUTES = Path.of("routes");
  private static final String FAN_OUT = "fan-out.camel.yaml";
  private static final Lint LINT = new Lint();
  private static final Vertx VERTX = Vertx.vertx();

  private static Map<String, String> files;
  private static JsonNode whole;

  /** The cuts that lint accepts, each with the number of remaining steps. */
  private static final Map<String, Integer> ACCEPTED = new HashMap<>();

  @BeforeAll
  static void everyCut() throws IOException {
    files = FolderFiles.read(ROUTES);
    whole = YamlReader.read(files.get(FAN_OUT));
    byte[] bytes = files.get(FAN_OUT).getBytes(StandardCharsets.UTF_8);
    Map<String, String> destinations = destinationsOnly();
    for (int length = 0; length < bytes.length; length++) {
      String cut = new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
      destinations.put(FAN_OUT, cut);
      if (LINT.check(destinations).stream().map(Problem::file).noneMatch(FAN_OUT::equals)) {
        ACCEPTED.put(cut, steps(YamlReader.read(cut)).size());
      }
    }
  }

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void aCutThatLintAcceptsMeansWhatACompleteShorterFileMeans() throws IOException {
    assertThat(ACCEPTED).isNotEmpty();
    for (Map.Entry<String, Integer> cut : ACCEPTED.entrySet()) {
      assertThat(YamlReader.read(cut.getKey())).isEqualTo(shortenedTo(cut.getValue()));
    }
  }

  @Test
  void aCutThatLeavesADestinationOutFailsTheSpecsOfFanOut() {
    int all = steps(whole).size();
    RouteSpecCheck specs = new RouteSpecCheck(ROUTES, Duration.ofMinutes(2), VERTX);
    Map<Integer, String> byMeaning = new TreeMap<>();
    ACCEPTED.forEach((cut, steps) -> byMeaning.put(steps, cut));
    byMeaning.remove(all);

    assertThat(byMeaning).isNotEmpty();
    byMeaning.forEach(
        (steps, cut) -> {
          Map<String, String> next = new TreeMap<>(files);
          next.put(FAN_OUT, cut);
          assertThat(specs.failures(files, next))
              .as("%d steps of %d are left", steps, all)
              .anyMatch(failure -> failure.files().contains(FAN_OUT));
        });
  }

  /** Lint of fan-out needs only the routes that fan-out sends to. */
  private static Map<String, String> destinationsOnly() {
    Map<String, String> few = new TreeMap<>();
    for (String destination : new String[] {"enerflo", "solarproof", "flip", "crm"}) {
      few.put(
          "deliver-%s.camel.yaml".formatted(destination),
          """
          - route:
              id: deliver-%s
              description: A destination
              from:
                uri: delivery:%s
                steps:
                  - bean:
                      ref: routeOutcome
                      method: skipped('not delivered')
          """
              .formatted(destination, destination));
    }
    return few;
  }

  private static JsonNode shortenedTo(int steps) {
    JsonNode shorter = whole.deepCopy();
    ArrayNode left = (ArrayNode) steps(shorter);
    while (left.size() > steps) {
      left.remove(left.size() - 1);
    }
    return shorter;
  }

  private static JsonNode steps(JsonNode file) {
    return file.at("/0/route/from/steps");
  }
}
