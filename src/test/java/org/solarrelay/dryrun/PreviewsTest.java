package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.routes.lint.FolderFiles;

class PreviewsTest {

  private static final JsonNode LEAD = lead();

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void theNextPreviewUsesAChangedRoute() throws Exception {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Path fanOut = routes.resolve("fan-out.camel.yaml");
    try (Previews previews = previews(routes)) {
      assertThat(destinations(previews)).containsExactly("enerflo", "solarproof", "crm");

      Files.writeString(
          fanOut,
          Files.readString(fanOut)
              .replace("expression: .type == \"lead.submitted\" or", "expression: false and"));

      assertThat(destinations(previews)).containsExactly("enerflo", "crm");
    }
  }

  @Test
  void aRejectedFileDoesNotAffectPreviews() throws Exception {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Map<String, String> good = read(routes);
    Files.writeString(routes.resolve("fan-out.camel.yaml"), "- route: [");
    try (Previews previews = new Previews(routes, () -> good, with(Map.of()), vertx)) {
      assertThat(destinations(previews)).containsExactly("enerflo", "solarproof", "crm");
    }
  }

  @Test
  void aRouteThatDoesNotEndEndsItsPreviewAndTheNextOneByOtherFilesIsMade() throws Exception {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Map<String, String> files = new TreeMap<>(read(routes));
    String fanOut = files.get("fan-out.camel.yaml");
    try (Previews previews =
        new Previews(
            routes, () -> Map.copyOf(files), with(Map.of()), vertx, Duration.ofSeconds(3))) {
      StubbornBean.hold();
      files.put(
          "fan-out.camel.yaml",
          fanOut.replaceFirst(
              "steps:\n",
              "steps:\n        - bean: {beanType: org.solarrelay.dryrun.StubbornBean, method: pass}\n"));
      assertThatThrownBy(() -> destinations(previews)).isInstanceOf(TimeoutException.class);

      files.put("fan-out.camel.yaml", fanOut);
      assertThat(destinations(previews)).containsExactly("enerflo", "solarproof", "crm");
    } finally {
      StubbornBean.release();
    }
  }

  @Test
  void aPreviewIsIndependentOfTheOneBefore() throws Exception {
    String statuses =
        "{\"event\":{\"type\":\"project.status-changed\",\"source\":\"crm\",\"data\":{\"status\":\"active\",\"ids\":{\"enerflo.install\":\"901\"}}}}";
    JsonNode message = new ObjectMapper().readTree(statuses);
    try (Previews previews = previews(Path.of("routes"))) {
      JsonNode first = previews.preview(message, UnaryOperator.identity());
      JsonNode second = previews.preview(message, UnaryOperator.identity());

      assertThat(first.at("/events/0/deliveries/0/requests")).hasSize(2);
      assertThat(second.at("/events/0/deliveries/0")).isEqualTo(first.at("/events/0/deliveries/0"));
    }
  }

  @Test
  void routesCannotReadKeysOfThisProcess() throws Exception {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    String key = "relay.destinations.enerflo.api-key";
    System.setProperty(key, "a-real-key");
    try (Previews previews = previews(routes)) {
      String json = previews.preview(LEAD, UnaryOperator.identity()).toString();

      assertThat(json).contains("\"api-key\":").doesNotContain("a-real-key");
      assertThat(LocalPreview.of(LEAD, routes).toString())
          .contains("\"api-key\":\"***\"")
          .doesNotContain("a-real-key");
    } finally {
      System.clearProperty(key);
    }
  }

  private Previews previews(Path routes) {
    return new Previews(routes, () -> read(routes), with(Map.of()), vertx);
  }

  private static Map<String, String> read(Path routes) {
    try {
      return FolderFiles.read(routes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterable<String> destinations(Previews previews) throws Exception {
    return previews
        .preview(LEAD, UnaryOperator.identity())
        .at("/events/0/deliveries")
        .findValuesAsText("destination");
  }

  private static JsonNode lead() {
    try {
      return new ObjectMapper()
          .readTree(
              "{\"event\":{\"type\":\"lead.submitted\",\"source\":\"web\",\"data\":{\"email\":\"a@example.com\"}}}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Supplier<SmallRyeConfig> with(Map<String, String> settings) {
    SmallRyeConfig made = DryRunSettings.with(settings, List.of());
    return () -> made;
  }
}
