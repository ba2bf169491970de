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

/** Test client of the operator API: histories of events, and their deliveries. */
public final class HistoryClient {

  private static final Set<String> FINISHED = Set.of("delivered", "skipped", "dead");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private HistoryClient() {}

  /** The current history of an event id or receipt; an empty object if there is none. */
  public static JsonNode history(String id) {
    HttpResponse<byte[]> response = poll("/api/events/" + id);
    return Set.of(404, 503).contains(response.statusCode())
        ? JSON.createObjectNode()
        : parsed(response.body());
  }

  /** Waits until the message is translated and fanned out, and returns its history. */
  public static JsonNode awaitHistory(String id) {
    return await().atMost(TIMEOUT).until(() -> history(id), HistoryClient::isWritten);
  }

  private static boolean isWritten(JsonNode history) {
    return history.has("id") && !history.path("state").asText().equals("accepted");
  }

  /** Waits until the delivery to the destination has ended, and returns it. */
  public static JsonNode awaitDelivery(String id, String destination) {
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> delivery(history(id), destination),
            delivery -> FINISHED.contains(delivery.path("state").asText()));
  }

  /** Waits for the tables, which the relay creates in the background after its start. */
  public static void awaitDatabase() {
    await().atMost(TIMEOUT).until(() -> poll("/api/deliveries").statusCode() == 200);
  }

  /**
   * Cancels deliveries of earlier tests, so that their retries do not reach the stubs or counters
   * of this test.
   */
  public static void cancelPending() {
    await().atMost(TIMEOUT).until(HistoryClient::cancelAll);
  }

  /** Whether no delivery was left; a running one cannot be cancelled. */
  private static boolean cancelAll() {
    JsonNode pending =
        parsed(get("/api/deliveries?state=pending&limit=500").asByteArray()).path("items");
    for (JsonNode delivery : pending) {
      given()
          .header("Authorization", "Bearer operator-token")
          .contentType("application/json")
          .body("{\"reason\":\"left by another test\"}")
          .post("/api/deliveries/%d/cancel".formatted(delivery.path("id").asLong()));
    }
    return pending.isEmpty()
        && parsed(get("/api/deliveries?state=running").asByteArray()).path("items").isEmpty();
  }

  /** Requests a path of the operator API. */
  public static Response get(String path) {
    return given().header("Authorization", "Bearer operator-token").get(path);
  }

  /**
   * Requests a path without query. Uses Java's HTTP client, because REST Assured is much slower and
   * tests poll often.
   */
  private static HttpResponse<byte[]> poll(String path) {
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

  private static JsonNode delivery(JsonNode history, String destination) {
    return StreamSupport.stream(history.path("deliveries").spliterator(), false)
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
