package org.solarrelay;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.solarrelay.contract.DocumentedResponseFilter;

/** Asks the operator API what became of things. */
public final class Story {

  private static final Set<String> FINISHED = Set.of("delivered", "skipped", "dead");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Story() {}

  /** The story of an event id or receipt, as it stands now; an empty object where there is none. */
  public static JsonNode of(String id) {
    HttpResponse<byte[]> response = get("/api/events/" + id);
    return Set.of(404, 503).contains(response.statusCode())
        ? JSON.createObjectNode()
        : parsed(response.body());
  }

  /** The same, once the stages are through with it. */
  public static JsonNode awaitStory(String id) {
    return await().atMost(PATIENCE).until(() -> of(id), Story::isWritten);
  }

  private static boolean isWritten(JsonNode story) {
    return story.has("id") && !story.path("state").asText().equals("accepted");
  }

  /** One destination's delivery, once it is finished. */
  public static JsonNode awaitDelivery(String id, String destination) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> delivery(of(id), destination),
            delivery -> FINISHED.contains(delivery.path("state").asText()));
  }

  /** Waits until the tables are there, which the relay makes in the background as it starts. */
  public static void awaitLedger() {
    await().atMost(PATIENCE).until(() -> get("/api/deliveries").statusCode() == 200);
  }

  /**
   * Ends what earlier tests have left in the queue, so that no retry of it meets the stubs or the
   * counters of this test.
   */
  public static void cancelWaiting() {
    await().atMost(PATIENCE).until(Story::cancelAll);
  }

  /** Whether nothing was left; one that runs at the moment cannot be cancelled. */
  private static boolean cancelAll() {
    JsonNode pending =
        parsed(ask("/api/deliveries?state=pending&limit=500").asByteArray()).path("items");
    for (JsonNode delivery : pending) {
      given()
          .header("Authorization", "Bearer operator-token")
          .contentType("application/json")
          .body("{\"reason\":\"left by another test\"}")
          .post("/api/deliveries/%d/cancel".formatted(delivery.path("id").asLong()));
    }
    return pending.isEmpty()
        && parsed(ask("/api/deliveries?state=running").asByteArray()).path("items").isEmpty();
  }

  /** Any answer of the operator API. */
  public static Response ask(String path) {
    return given().header("Authorization", "Bearer operator-token").get(path);
  }

  /**
   * The same for a path without a query. Tests wait by it, and REST Assured takes many times as
   * long for a request.
   */
  private static HttpResponse<byte[]> get(String path) {
    try {
      URI uri =
          UriBuilder.fromUri("http://localhost:" + RestAssured.port)
              .path("{path}")
              .build(new String[] {path.substring(1)}, false);
      HttpRequest request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer operator-token").build();
      HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("Content-Type").orElse("");
      DocumentedResponseFilter.check(
          "GET", uri.getRawPath(), response.statusCode(), type, response.body());
      return response;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode delivery(JsonNode story, String destination) {
    return StreamSupport.stream(story.path("deliveries").spliterator(), false)
        .filter(delivery -> delivery.path("destination").asText().equals(destination))
        .findFirst()
        .orElse(JSON.createObjectNode());
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
