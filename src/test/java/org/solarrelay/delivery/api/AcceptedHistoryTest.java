package org.solarrelay.delivery.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;
import org.solarrelay.routes.RouteFileLoader;

/** Every receipt has a history from its 202 on. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class AcceptedHistoryTest {

  @Inject CamelContext camel;
  @Inject RouteFileLoader routes;
  @Inject DataSource database;

  private final String email = UUID.randomUUID() + "@example.com";
  private Connection lock;

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
  }

  @AfterEach
  void stagesGoOn() throws Exception {
    release();
    camel.getRouteController().startRoute(id("fan-out"));
  }

  @Test
  void aWebhookThatWaitsToBeTranslatedIsAccepted() throws Exception {
    block("set_aside");
    String receipt = Senders.enerflo("{\"webhook_event\":\"new_note\",\"id\":1}");

    JsonNode history =
        await().until(() -> HistoryClient.history(receipt), found -> found.has("id"));
    assertThat(history.path("id").asText()).isEqualTo(receipt);
    assertThat(history.path("state").asText()).isEqualTo("accepted");
    assertThat(history.path("reason").asText()).isEqualTo("waits to be translated");
    assertThat(history.path("events")).isEmpty();
    assertThat(history.path("deliveries")).isEmpty();

    release();
    assertThat(awaitHistory(receipt).path("state").asText()).isEqualTo("skipped");
  }

  @Test
  void aWebhookWhoseEventWaitsForFanOutIsAccepted() throws Exception {
    block("event");
    String receipt = lead();

    JsonNode history =
        await()
            .until(
                () -> HistoryClient.history(receipt),
                found -> found.path("reason").asText().equals("waits for fan-out"));
    assertThat(history.path("state").asText()).isEqualTo("accepted");

    release();
    awaitDelivery(receipt, "crm");
  }

  @Test
  void aMessageThatWaitsForFanOutIsAcceptedByItsPosition() throws Exception {
    block("event");
    var sent = Producers.send("solar.leads", email, "{\"email\":\"%s\"}".formatted(email));
    String position = "%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset());

    JsonNode history =
        await().until(() -> HistoryClient.history(position), found -> found.has("id"));
    assertThat(history.path("state").asText()).isEqualTo("accepted");

    release();
    awaitDelivery(position, "enerflo");
  }

  @Test
  void aWebhookWhoseEventDiesInFanOutIsDeadUnderItsReceiptItsEventAndItsPosition()
      throws Exception {
    camel.getRouteController().stopRoute(id("fan-out"));
    String receipt = lead();

    JsonNode dead = awaitHistory(receipt);
    assertThat(dead.path("state").asText()).isEqualTo("dead");
    assertThat(dead.path("reason").asText()).isNotBlank();

    camel.getRouteController().startRoute(id("fan-out"));
    given()
        .header("Authorization", "Bearer operator-token")
        .post("/api/events/%s/replay".formatted(receipt))
        .then()
        .statusCode(200);
    awaitDelivery(receipt, "crm");
    JsonNode history = HistoryClient.history(receipt);
    assertThat(history.path("state").asText()).isEqualTo("events");
    assertThat(history.path("reason").isNull()).isTrue();
    assertThat(history.path("replays")).hasSize(1);
  }

  @Test
  void anEventThatDiesInFanOutIsKnownByItsId() throws Exception {
    camel.getRouteController().stopRoute(id("fan-out"));
    String id = "event-" + email;
    var sent =
        Producers.send(
            "solar.leads",
            email,
            "{\"email\":\"%s\"}".formatted(email),
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", id,
                "ce_source", "shop",
                "ce_type", "lead.submitted",
                "ce_subject", email,
                "content-type", "application/json"));

    assertThat(awaitHistory(id).path("state").asText()).isEqualTo("dead");
    String position = "%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset());
    assertThat(awaitHistory(position).path("state").asText()).isEqualTo("dead");
  }

  @Test
  void positionsOfWebhooksAndOfCloudEventsLeadToTheirEvents() {
    String receipt = lead();
    awaitDelivery(receipt, "crm");
    JsonNode history = HistoryClient.history(receipt);
    JsonNode event = history.at("/events/0");

    JsonNode byPosition = HistoryClient.history(event.path("place").asText());
    assertThat(byPosition.path("events")).isEqualTo(history.path("events"));
    assertThat(byPosition.path("id")).isEqualTo(event.path("place"));
  }

  /** Keeps the stage that writes to the table waiting. */
  private void block(String table) throws SQLException {
    HistoryClient.awaitDatabase();
    lock = database.getConnection();
    lock.setAutoCommit(false);
    try (Statement statement = lock.createStatement()) {
      statement.execute("lock table " + table + " in share row exclusive mode");
    }
  }

  private void release() throws SQLException {
    if (lock != null) {
      lock.rollback();
      lock.setAutoCommit(true);
      lock.close();
      lock = null;
    }
  }

  private String lead() {
    return Senders.leads("{\"email\":\"%s\"}".formatted(email));
  }

  /** What Camel calls the version in force: other tests reload routes. */
  private String id(String route) {
    return routes.ids().stream()
        .filter(id -> id.matches(Pattern.quote(route) + "(_\\d+)?"))
        .findFirst()
        .orElse(route);
  }
}
