package org.solarrelay.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.OwnDestination.PATH;
import static org.solarrelay.OwnDestination.awaitState;
import static org.solarrelay.OwnDestination.postLead;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.LogCapture;
import org.solarrelay.OwnDestination;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventJson;

/** A destination that is added, changed and removed by files while the program runs. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OwnDestinationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String GONE = "there is no destination slack in the configuration";

  @Inject MeterRegistry metrics;

  private final LogCapture log = LogCapture.open();
  private OwnDestination slack;

  @BeforeEach
  void add() throws IOException {
    VendorStubs.reset();
    slackResponds(200, "ok");
    slack = new OwnDestination();
  }

  @AfterEach
  void remove() throws IOException {
    slack.close();
    log.close();
  }

  @Test
  void itsDeliveriesGoOutAsSoonAsItsFilesAreSaved() {
    JsonNode state = awaitState("running");
    assertThat(state.path("inFlightLimit").asInt()).isEqualTo(4);
    assertThat(state.path("rateLimit").asInt()).isEqualTo(600);
    assertThat(state.path("rateLimitWindow").asText()).isEqualTo("PT1M");

    JsonNode delivery = HistoryClient.awaitDelivery(postLead(), "slack");

    assertThat(delivery.path("state").asText()).isEqualTo("delivered");
    assertThat(delivery.path("answer").asText()).isEqualTo("ok");
    assertThat(VendorStubs.sent(PATH, "{\"text\":\"Ada Example\"}")).isNotEmpty();
    assertThat(
            metrics.find("relay_deliveries").tag("destination", "slack").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum())
        .isPositive();
    assertThat(metrics.find("relay_dead_letters").tag("destination", "slack").counters())
        .isNotEmpty();
    assertThat(log.lines()).anyMatch(line -> line.startsWith("Destination slack is on, at localh"));
  }

  @Test
  void whatWaitsForARemovedDestinationIsKeptShownAndGoesOnOnceItIsBack() throws IOException {
    slackResponds(503, "busy");
    String kept = postLead();
    String cancelled = postLead();
    await().atMost(PATIENCE).until(() -> attempts(kept) > 0 && attempts(cancelled) > 0);

    slack.remove();

    JsonNode off = awaitState("off");
    assertThat(off.path("reason").asText()).isEqualTo(GONE);
    assertThat(off.path("waiting").asInt()).isEqualTo(2);
    assertThat(waiting()).containsOnly("waits: " + GONE).hasSize(2);
    slackResponds(200, "ok");
    JsonNode late = HistoryClient.awaitDelivery(postLead(), "slack");
    assertThat(late.path("state").asText()).isEqualTo("skipped");
    assertThat(late.path("reason").asText()).isEqualTo(GONE);
    long id = delivery(cancelled).path("id").asLong();
    given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body("{\"reason\":\"no longer needed\"}")
        .post("/api/deliveries/%d/cancel".formatted(id))
        .then()
        .statusCode(200);

    slack.add();

    assertThat(HistoryClient.awaitDelivery(kept, "slack").path("state").asText())
        .isEqualTo("delivered");
    assertThat(HistoryClient.awaitDelivery(cancelled, "slack").path("state").asText())
        .isEqualTo("skipped");
    assertThat(log.lines()).contains("Destination slack was removed; its deliveries wait");
  }

  @Test
  void withoutItsVariableItIsOffAndSaysSo() throws IOException {
    RelayEnvironment.removeSecret(OwnDestination.VARIABLE);

    JsonNode off = awaitState("off");

    assertThat(off.path("reason").asText()).isEqualTo("slack is off: SLACK_WEBHOOK_URL is not set");
    assertThat(HistoryClient.awaitDelivery(postLead(), "slack").path("reason").asText())
        .isEqualTo("slack is off: SLACK_WEBHOOK_URL is not set");
    RelayEnvironment.replaceSecret(
        OwnDestination.VARIABLE, RelayEnvironment.VENDORS.baseUrl() + PATH);
    awaitState("running");
  }

  private static void slackResponds(int status, String body) {
    VendorStubs.stub(post(PATH).willReturn(aResponse().withStatus(status).withBody(body)));
  }

  private static List<String> waiting() {
    JsonNode found =
        EventJson.parse(
            HistoryClient.get("/api/deliveries?destination=slack&state=pending").asByteArray());
    return StreamSupport.stream(found.path("items").spliterator(), false)
        .map(delivery -> delivery.path("reason").asText())
        .toList();
  }

  private static int attempts(String receipt) {
    return delivery(receipt).path("attempts").asInt();
  }

  private static JsonNode delivery(String receipt) {
    return StreamSupport.stream(
            HistoryClient.history(receipt).path("deliveries").spliterator(), false)
        .filter(delivery -> delivery.path("destination").asText().equals("slack"))
        .findFirst()
        .orElse(EventJson.parse("{}".getBytes()));
  }
}
