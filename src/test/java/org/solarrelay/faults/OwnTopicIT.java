package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.PermitsRoute;

/** A topic of one's own, by a route file that comes while the packaged program works. */
class OwnTopicIT {

  private static final String TOPIC = "solar.permits";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String ROUTE =
      """
      - route:
          id: consume-permits
          description: Permits as they come from the city
          from:
            uri: topic:solar.permits
            steps:
              - %s
      """;

  private static final String DERIVES =
      """
      - filter:
          description: A permit is noted
          expression:
            jq:
              expression: .type == "project.milestone-changed" and .source == "permits"
          steps:
            - setVariable:
                name: note
                expression:
                  jq:
                    expression: >-
                      {type: "project.note-added", data: {note: "The permit is approved"}}
            - to:
                uri: topic:events
                variableSend: note
      """;

  private static final String REFUSES =
      """
      throwException:
                  exceptionType: org.solarrelay.event.InvalidMessageException
                  message: no permit""";

  private static final String PASSES_ON =
      """
      to:
                  uri: topic:solar.leads""";

  private final FaultBench bench = FaultBench.SHARED;

  @TempDir Path temp;
  private Path routes;

  @BeforeEach
  void copyOfTheRoutes() throws Exception {
    bench.stopSteadyRelay();
    routes = temp.resolve("routes");
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(Path.of("routes").relativize(file).toString()));
      }
    }
  }

  @Test
  void itsMessagesHaveDeadLettersStoriesAndMetricsAndReachDestinationsOnceTheRouteIsRight()
      throws Exception {
    try (Relay relay = bench.relay("own", Map.of("RELAY_ROUTES_DIR", routes.toString())).start()) {
      save(REFUSES);
      await().atMost(SOON).until(() -> relay.log().contains("Created topic " + TOPIC));
      String refused = send("own-n1");

      JsonNode story = await().atMost(SOON).until(() -> relay.story(refused), it -> it != null);
      assertThat(story.path("state").asText()).isEqualTo("dead");
      assertThat(story.path("reason").asText()).isEqualTo("no permit");
      await().atMost(SOON).until(() -> letter() != null);
      assertThat(Topic.header(letter(), "relay_stage")).isEqualTo("consume-permits");
      assertThat(relay.get("/q/metrics"))
          .contains("relay_consumer_lag{stage=\"consume-permits\"")
          .contains("relay_stage_waiting{stage=\"consume-permits\"} 0.0")
          .contains("relay_dead_letters_total{destination=\"none\",stage=\"consume-permits\"} 1.0");

      save(PASSES_ON);
      await().atMost(SOON).until(() -> reloads(relay) == 2);
      send("own-n2");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(relay.deliveries("enerflo", "own-n2"))
                      .singleElement()
                      .extracting(one -> one.path("state").asText())
                      .isEqualTo("delivered"));
      assertThat(relay.api("routes").path("routes").findValuesAsText("from"))
          .contains("topic://solar.permits");

      saveMapping();
      await().atMost(SOON).until(() -> relay.log().contains("consume-permits, fan-out"));
      String approved =
          send(
              "own-p1", "{\"permit\":\"approved\",\"projectId\":\"own-p1\",\"on\":\"2026-05-04\"}");
      String poison = send("own-p2", "no json");
      String other = send("own-p3", "{\"permit\":\"refused\"}");

      assertThat(awaitStory(relay, poison, "dead")).startsWith("not JSON");
      assertThat(awaitStory(relay, other, "skipped"))
          .isEqualTo("the route consume-permits sent nothing");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                JsonNode events = relay.story(approved).path("events");
                assertThat(events.findValuesAsText("type"))
                    .containsExactly("project.milestone-changed", "project.note-added");
                assertThat(events.findValuesAsText("source")).containsExactly("permits", "relay");
                assertThat(events.at("/0/id").asText()).isEqualTo(approved);
                assertThat(events.at("/1/causationId").asText()).isEqualTo(approved);
                assertThat(events.at("/1/subject").asText()).isEqualTo("permits:own-p1");
              });
      assertThat(relay.get("/q/metrics"))
          .contains("relay_dead_letters_total{destination=\"none\",stage=\"consume-permits\"} 2.0");
    }
  }

  /** The message's reason, once it is in that state. */
  private static String awaitStory(Relay relay, String id, String state) throws Exception {
    return await()
        .atMost(SOON)
        .until(() -> relay.story(id), it -> it != null && it.path("state").asText().equals(state))
        .path("reason")
        .asText();
  }

  /** Permits make events, and fan-out derives a note of each. */
  private void saveMapping() throws Exception {
    Path fanOut = routes.resolve("fan-out.camel.yaml");
    String steps = "      steps:\n";
    Files.writeString(
        fanOut, Files.readString(fanOut).replaceFirst(steps, steps + DERIVES.indent(8)));
    Files.writeString(routes.resolve("consume-permits.camel.yaml"), PermitsRoute.YAML);
  }

  private static long reloads(Relay relay) throws Exception {
    return relay.log().lines().filter(line -> line.contains("ms: consume-permits")).count();
  }

  private void save(String step) throws Exception {
    Files.writeString(routes.resolve("consume-permits.camel.yaml"), ROUTE.formatted(step));
  }

  /** Where it is. */
  private String send(String name) throws Exception {
    return send(
        name,
        """
        {"firstName":"Ada","lastName":"%s","email":"%1$s@example.com","mobile":"(801) 555-0100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
            .formatted(name));
  }

  private String send(String key, String value) throws Exception {
    return bench.topic.send(List.of(new ProducerRecord<>(TOPIC, bytes(key), bytes(value)))).get(0);
  }

  private ConsumerRecord<byte[], byte[]> letter() {
    return bench.topic.read("solar.dead-letters").stream()
        .filter(it -> Topic.header(it, "relay_stage").equals("consume-permits"))
        .findFirst()
        .orElse(null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
