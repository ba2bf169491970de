package org.solarrelay.delivery.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DestinationsResourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HISTORY = "/api/destinations/enerflo/history";

  private final String subject = UUID.randomUUID().toString();

  @Inject MeterRegistry metrics;
  @Inject DataSource database;

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void allGoOn() {
    post("enerflo/resume", "").then().statusCode(200);
  }

  @Test
  void aPausedDestinationGetsNothingUntilItIsResumedWhileOthersGoOn() throws IOException {
    JsonNode paused = json(post("enerflo/pause", "{\"reason\":\"maintenance\\nuntil six\"}"));
    assertThat(paused.path("state").asText()).isEqualTo("paused");
    assertThat(paused.path("pausedBy").asText()).isEqualTo("operator");
    assertThat(paused.path("reason").asText()).isEqualTo("maintenance until six");
    assertThat(paused.path("by").asText()).isEqualTo("ada");
    await().until(() -> shownAsPaused() == 1);

    String event = lead();
    assertThat(awaitDelivery(event, "solarproof").path("state").asText()).isEqualTo("delivered");
    JsonNode waiting = destination("enerflo");
    assertThat(waiting.path("waiting").asInt()).isPositive();
    assertThat(waiting.path("oldestWaiting").isTextual()).isTrue();
    assertThat(VendorStubs.leadsSentToEnerflo(subject)).isEmpty();
    assertThat(destination("solarproof").path("state").asText()).isEqualTo("running");

    JsonNode resumed = json(post("enerflo/resume", ""));
    assertThat(resumed.path("state").asText()).isEqualTo("running");
    assertThat(resumed.path("pausedBy").isNull()).isTrue();
    assertThat(awaitDelivery(event, "enerflo").path("state").asText()).isEqualTo("delivered");
    assertThat(shownAsPaused()).isZero();
  }

  @Test
  void aDestinationThatItsCircuitPausesSaysSo() throws IOException {
    VendorStubs.stub(
        WireMock.post(WireMock.urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(WireMock.status(429)));
    String event = lead();
    await().until(() -> destination("enerflo").path("state").asText().equals("paused"));
    JsonNode paused = destination("enerflo");
    assertThat(paused.path("pausedBy").asText()).isEqualTo("circuit");
    assertThat(paused.path("reason").asText()).isEqualTo("it asks us to wait, it returned 429");
    assertThat(paused.path("since").isTextual()).isTrue();
    assertThat(paused.path("by").isNull()).isTrue();

    VendorStubs.reset();
    assertThat(awaitDelivery(event, "enerflo").path("state").asText()).isEqualTo("delivered");
    assertThat(destination("enerflo").path("state").asText()).isEqualTo("running");
  }

  @Test
  void pausingTwiceAndResumingWhatRunsChangeNothing() throws IOException {
    JsonNode first = json(post("enerflo/pause", "{\"reason\":\"maintenance\"}"));
    JsonNode second = json(post("enerflo/pause", ""));
    assertThat(second.path("reason").asText()).isEqualTo("maintenance");
    assertThat(second.path("since")).isEqualTo(first.path("since"));

    post("enerflo/resume", "");
    assertThat(json(post("enerflo/resume", "")).path("state").asText()).isEqualTo("running");
  }

  @Test
  void everyDestinationIsListedByNameWithItsLimits() throws IOException {
    JsonNode page = JSON.readTree(get("/api/destinations").asString());

    assertThat(page.path("items").findValuesAsText("name"))
        .containsExactly("crm", "enerflo", "flip", "solarproof");
    assertThat(page.path("next").isNull()).isTrue();
    assertThat(page.path("items"))
        .allSatisfy(
            item -> {
              assertThat(item.path("on").asBoolean()).isTrue();
              assertThat(item.path("inFlightLimit").asInt()).isEqualTo(32);
              assertThat(item.path("rateLimit").isNull()).isTrue();
            });
  }

  @Test
  void theHistoryHasTheDeliveriesOfTheLastMinutes() throws IOException {
    // a minute without a row, which is long over
    writeHistory();

    JsonNode hours =
        JSON.readTree(
            get(HISTORY + "?step=hour&since=2001-02-03T04:30:00Z" + "&until=2001-02-03T06:00:00Z")
                .asString());

    assertThat(hours.path("next").isNull()).isTrue();
    JsonNode hour = hours.path("items").path(0);
    assertThat(hours.path("items")).hasSize(1);
    assertThat(hour.path("since").asText()).isEqualTo("2001-02-03T04:00:00Z");
    assertThat(hour.path("minutes").asInt()).isEqualTo(2);
    assertThat(hour.path("delivered").asInt()).isEqualTo(10);
    assertThat(hour.path("waiting").asInt()).isEqualTo(7);
    assertThat(hour.path("p95Ms").isNull()).isTrue();
  }

  @Test
  void oneOfTheRelaysPodsWritesTheHistory() throws IOException {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !JSON.readTree(get(HISTORY).asString()).path("items").isEmpty());
  }

  private void writeHistory() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into destination_minute
          select at, 'enerflo', 5, 0, 0, 0, null, null, '{}', '{}', 0, 0, extract(minute from at), 0
          from unnest(array['2001-02-03T04:06:00Z', '2001-02-03T04:07:00Z']::timestamptz[]) at
          on conflict do nothing
          """);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step=week | step is one of minute, hour, day
          since=yesterday | since is a time
          since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z | since is at most 1500 intervals
          since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z | until is a time after since
          from=2026-01-01T00:00:00Z | there are since, step, until
          """)
  void anInvalidParameterOfTheHistoryIsNamed(String query, String detail) {
    problem(get(HISTORY + "?" + query), 400, detail);
  }

  @Test
  void aDestinationThatThereIsNotHasNoHistory() {
    problem(get("/api/destinations/nowhere/history"), 404, "GET /api/destinations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/pause", "nowhere/resume"})
  void aDestinationThatThereIsNotIsNotFound(String path) {
    problem(post(path, ""), 404, "GET /api/destinations");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"reason":7}      | reason is a text
          ["maintenance"]   | the body is empty or {"reason"
          maintenance       | the body is empty or {"reason"
          """)
  void anInvalidBodyNamesItsProblemAndPausesNothing(String body, String detail) throws IOException {
    problem(post("enerflo/pause", body), 400, detail);
    assertThat(destination("enerflo").path("state").asText()).isEqualTo("running");
  }

  @Test
  void aReasonIsNoEssay() {
    problem(post("enerflo/pause", "{\"reason\":\"%s\"}".formatted("x".repeat(501))), 400, "500");
  }

  private double shownAsPaused() {
    return metrics.get("relay_destination_paused").tag("destination", "enerflo").gauge().value();
  }

  private String lead() {
    String lead =
        """
        {"firstName":"Ferris","lastName":"Bueller","email":"%s@example.com","mobile":"801-555-4444",
         "kind":"residential",
         "address":{"street":"1 Main St","city":"Provo","state":"UT","zip":"84601"}}
        """
            .formatted(subject);
    var sent = Producers.send("solar.leads", subject, lead);
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static JsonNode destination(String name) throws IOException {
    JsonNode page = JSON.readTree(get("/api/destinations").asString());
    return StreamSupport.stream(page.path("items").spliterator(), false)
        .filter(item -> item.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Response post(String path, String body) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .header("X-Operator", "ada")
        .contentType("application/json")
        .body(body)
        .post("/api/destinations/" + path);
  }

  private static JsonNode json(Response response) throws IOException {
    response.then().statusCode(200);
    return JSON.readTree(response.asString());
  }

  private static void problem(Response response, int status, String detail) {
    response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }
}
