package org.solarrelay.delivery.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;
import static org.solarrelay.HistoryClient.get;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.routes.RouteFileLoader;

/** A fixed route plus a replay repairs yesterday's failures. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class MessageReplayTest {

  @Inject CamelContext camel;
  @Inject RouteFileLoader routes;

  private final String subject = UUID.randomUUID().toString();

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
  }

  @AfterEach
  void routesAreMended() throws Exception {
    repair("translate-leads");
    repair("fan-out");
  }

  @Test
  void aWebhookThatCouldNotBeTranslatedIsDeliveredOnceItsRouteIsMended() throws Exception {
    breakDown("translate-leads");
    String receipt = webhook();
    awaitState(receipt, "dead");
    Instant sent = Instant.now();
    repair("translate-leads");

    replay("/api/events/%s/replay".formatted(receipt)).then().statusCode(200);

    assertThat(awaitDelivery(receipt, "enerflo").path("state").asText()).isEqualTo("delivered");
    JsonNode history = awaitHistory(receipt);
    assertThat(history.path("state").asText()).isEqualTo("events");
    assertThat(history.path("reason").isNull()).isTrue();
    assertThat(history.at("/replays/0/by").asText()).isEqualTo("ada");
    assertThat(OffsetDateTime.parse(history.at("/events/0/time").asText()).toInstant())
        .isBefore(sent);
    problem(replay("/api/events/%s/replay".formatted(receipt)), 409, "It became events");
  }

  @Test
  void whatIsStillBrokenIsDeadAgain() throws Exception {
    breakDown("translate-leads");
    String receipt = webhook();
    awaitState(receipt, "dead");

    replay("/api/events/%s/replay".formatted(receipt)).then().statusCode(200);
    awaitState(receipt, "dead");

    assertThat(awaitHistory(receipt).path("reason").asText()).contains("there is no route");
    repair("translate-leads");
    replay("/api/events/%s/replay".formatted(receipt)).then().statusCode(200);
    assertThat(awaitDelivery(receipt, "crm").path("state").asText()).isEqualTo("delivered");
    assertThat(awaitHistory(receipt).path("replays")).hasSize(2);
  }

  @Test
  void manyAreCountedAndThenSentAgain() throws Exception {
    String since = Instant.now().minusMillis(1).toString();
    breakDown("translate-leads");
    List<String> receipts = List.of(webhook(), webhook(), webhook());
    receipts.forEach(receipt -> awaitState(receipt, "dead"));
    repair("translate-leads");
    String query = "/api/events/replay?stage=translate&source=leads&since=" + since;

    assertThat(replay(query + "&dryRun=true").asString())
        .isEqualTo(
            "{\"id\":null,\"state\":null,\"matched\":3,\"replayed\":0,\"limit\":1000,\"capped\":false,\"dryRun\":true}");
    assertThat(replay(query + "&limit=2").asString())
        .matches(
            "\\{\"id\":\\d+,\"state\":\"finished\",\"matched\":3,\"replayed\":2,\"limit\":2,"
                + "\"capped\":true,\"dryRun\":false}");
    assertThat(replay(query).jsonPath().getInt("replayed")).isEqualTo(1);
    receipts.forEach(receipt -> awaitDelivery(receipt, "enerflo"));
  }

  @Test
  void deadMessagesAreListedAndReplayedByTheSameFilters() throws Exception {
    String since = Instant.now().minusMillis(1).toString();
    breakDown("translate-leads");
    List<String> receipts = List.of(webhook(), webhook(), webhook());
    receipts.forEach(receipt -> awaitState(receipt, "dead"));
    repair("translate-leads");
    String until = Instant.now().plusMillis(1).toString();
    String filter =
        "?stage=translate&source=leads&reason=THERE IS NO ROUTE&since=%s&until=%s"
            .formatted(since, until);

    assertThat(listed(filter)).containsExactlyInAnyOrderElementsOf(receipts);
    assertThat(listed(filter + "&state=dead")).hasSize(3);
    assertThat(listed(filter.replace("NO", "A"))).isEmpty();
    assertThat(listed(filter.replace("translate&", "fan-out&"))).isEmpty();
    assertThat(listed("?source=leads&until=" + since)).doesNotContainAnyElementsOf(receipts);
    JsonPath page = get("/api/events" + filter + "&limit=2").jsonPath();
    List<String> ids = new ArrayList<>(page.getList("items.id", String.class));
    ids.addAll(listed(filter + "&limit=2&cursor=" + page.getString("next")));
    assertThat(ids).hasSize(3).containsExactlyInAnyOrderElementsOf(receipts);
    assertThat(replay("/api/events/replay" + filter).jsonPath().getInt("replayed")).isEqualTo(3);
    receipts.forEach(receipt -> awaitDelivery(receipt, "enerflo"));
    assertThat(listed(filter)).isEmpty();
  }

  @Test
  void aDryRunOfOneMessageSendsNothing() throws Exception {
    breakDown("translate-leads");
    String receipt = webhook();
    awaitState(receipt, "dead");
    repair("translate-leads");
    String path = "/api/events/%s/replay?dryRun=true".formatted(receipt);

    assertThat(replay(path).asString())
        .isEqualTo(
            "{\"id\":\"%s\",\"state\":\"resent\",\"place\":null,\"dryRun\":true}"
                .formatted(receipt));
    assertThat(HistoryClient.history(receipt).path("state").asText()).isEqualTo("dead");
    replay("/api/events/%s/replay".formatted(receipt)).then().statusCode(200);
    awaitDelivery(receipt, "enerflo");
    problem(replay(path), 409, "It became events");
  }

  @ParameterizedTest
  @CsvSource({
    "state=skipped,state is dead",
    "stage=deliver,stage",
    "since=yesterday,since",
    "until=yesterday,until",
    "reason=,reason",
    "limit=all,limit",
    "cursor=abc,cursor",
    "cursor=%00,cursor",
    "cursor=MjAyNi0wMS0zMQ,cursor"
  })
  void aParameterThatMakesNoSenseIsNamed(String query, String name) {
    problem(
        given()
            .urlEncodingEnabled(false)
            .header("Authorization", "Bearer operator-token")
            .get("/api/events?" + query),
        400,
        name);
  }

  @Test
  void aReplayedMessageIsDeliveredWithItsNewPosition() throws Exception {
    breakDown("fan-out");
    String place = place(Producers.send("solar.leads", subject, "{\"email\":\"a@example.com\"}"));
    awaitState(place, "dead");
    repair("fan-out");

    String now = replay("/api/events/%s/replay".formatted(place)).jsonPath().getString("place");

    assertThat(awaitDelivery(now, "enerflo").path("state").asText()).isEqualTo("delivered");
    JsonNode history = awaitHistory(place);
    assertThat(history.path("state").asText()).isEqualTo("resent");
    assertThat(history.path("reason").asText()).isEqualTo("sent again as " + now);
    problem(replay("/api/events/%s/replay".formatted(place)), 409, "sent again as " + now);
  }

  @Test
  void anOlderStateThatComesLateDoesNotOverwriteANewerOne() throws Exception {
    breakDown("fan-out");
    String older = place(changed("old-" + subject, "2026-01-31T08:00:00Z"));
    awaitState(older, "dead");
    repair("fan-out");
    changed("new-" + subject, "2026-01-31T09:00:00Z");
    awaitDelivery("new-" + subject, "crm");

    replay("/api/events/%s/replay".formatted(older)).then().statusCode(200);

    JsonNode delivery = awaitDelivery("old-" + subject, "crm");
    assertThat(delivery.path("state").asText()).isEqualTo("skipped");
    assertThat(delivery.path("reason").asText()).isEqualTo("superseded by event new-" + subject);
  }

  private RecordMetadata changed(String id, String time) {
    return Producers.send(
        "solar.leads",
        subject,
        "{\"email\":\"a@example.com\"}",
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", id,
            "ce_source", "shop",
            "ce_type", "lead.changed",
            "ce_subject", subject,
            "ce_time", time,
            "content-type", "application/json"));
  }

  private String webhook() {
    return given()
        .header("X-Webhook-Token", "leads-token")
        .contentType("application/json")
        .body("{\"email\":\"%s@example.com\"}".formatted(UUID.randomUUID()))
        .post("/webhooks/leads")
        .then()
        .statusCode(202)
        .extract()
        .path("receipt");
  }

  private void breakDown(String route) throws Exception {
    camel.getRouteController().stopRoute(id(route));
  }

  private void repair(String route) throws Exception {
    camel.getRouteController().startRoute(id(route));
  }

  private static List<String> listed(String query) {
    return get("/api/events" + query).jsonPath().getList("items.id", String.class);
  }

  private static void awaitState(String id, String state) {
    Awaitility.await()
        .until(
            () -> HistoryClient.history(id),
            history -> history.path("state").asText().equals(state));
  }

  private static String place(RecordMetadata sent) {
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static Response replay(String path) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .header("X-Operator", "ada")
        .post(path);
  }

  private static void problem(Response response, int status, String detail) {
    response.then().statusCode(status).body("detail", containsString(detail));
  }

  /** What Camel calls the version in force: other tests reload routes. */
  private String id(String route) {
    return routes.ids().stream()
        .filter(id -> id.matches(Pattern.quote(route) + "(_\\d+)?"))
        .findFirst()
        .orElse(route);
  }
}
