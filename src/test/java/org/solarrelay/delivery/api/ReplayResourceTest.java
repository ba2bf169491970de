package org.solarrelay.delivery.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.TopicRecordReader;
import org.solarrelay.VendorStubs;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ReplayResourceTest {

  private final String subject = UUID.randomUUID().toString();

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
  }

  @Test
  void aReplayDeliversADeadDeliveryAndPublishesItsOutcome() {
    JsonNode dead = deadLead();
    VendorStubs.reset();

    replay("/api/deliveries/%d/replay".formatted(dead.path("id").asLong()))
        .then()
        .statusCode(200)
        .body("state", equalTo("pending"));

    JsonNode delivered = awaitEnd(dead, "delivered");
    assertThat(delivered.path("attempts").asInt()).isEqualTo(2);
    assertThat(delivered.path("failures")).hasSize(1);
    assertThat(delivered.at("/replays/0/by").asText()).isEqualTo("ada");
    assertThat(delivered.at("/replays/0/at").isTextual()).isTrue();
    String event = dead.path("eventId").asText();
    TopicRecordReader.awaitRecord("solar.outcomes", r -> isOutcomeOf(r.value(), event, "dead"));
    TopicRecordReader.awaitRecord(
        "solar.outcomes", r -> isOutcomeOf(r.value(), event, "delivered"));
  }

  @Test
  void manyAreCountedThenReplayedThenThereAreNone() {
    JsonNode dead = deadLead();
    deadLead();
    VendorStubs.reset();
    String query = "/api/deliveries/replay?destination=enerflo&subject=" + subject;

    assertThat(replay(query + "&dryRun=true").asString())
        .isEqualTo(
            "{\"id\":null,\"state\":null,\"matched\":2,\"replayed\":0,\"superseded\":0,\"limit\":1000,"
                + "\"capped\":false,\"dryRun\":true}");
    assertThat(replay(query + "&limit=1").asString())
        .matches(
            "\\{\"id\":\\d+,\"state\":\"finished\",\"matched\":2,\"replayed\":1,\"superseded\":0,\"limit\":1,"
                + "\"capped\":true,\"dryRun\":false}");
    awaitEnd(dead, "delivered");
    assertThat(replay(query).jsonPath().getInt("matched")).isEqualTo(1);
    assertThat(replay(query + "&dryRun=true").jsonPath().getInt("matched")).isZero();
  }

  @Test
  void aReplayInTheBackgroundReportsItsProgress() {
    JsonNode dead = deadLead();
    VendorStubs.reset();

    int id =
        replay("/api/deliveries/replay?wait=false&destination=enerflo&subject=" + subject)
            .jsonPath()
            .getInt("id");

    Awaitility.await()
        .until(() -> get("/api/replays/" + id).path("state"), state -> state.equals("finished"));
    get("/api/replays/" + id)
        .then()
        .body("what", equalTo("deliveries"))
        .body("filter", equalTo("state dead, destination enerflo, subject …"))
        .body("replayed", equalTo(1))
        .body("remaining", equalTo(0))
        .body("by", equalTo("ada"));
    get("/api/replays?state=finished").then().body("items.id", hasItem(id));
    problem(replay("/api/replays/%d/stop".formatted(id)), 409, "already ended: finished");
    awaitEnd(dead, "delivered");
  }

  @Test
  void aGroupOfDeadLettersIsReplayedByItsFingerprint() {
    JsonNode dead = deadLead();
    String fingerprint =
        get("/api/dead-groups?destination=enerflo&type=lead.submitted")
            .path("items.find { it.reason.contains('returned 422') }.fingerprint");
    VendorStubs.reset();

    assertThat(
            get("/api/deliveries?limit=500&fingerprint=" + fingerprint)
                .jsonPath()
                .getList("items.id", Long.class))
        .contains(dead.path("id").asLong());
    String query = "/api/deliveries/replay?subject=%s&fingerprint=".formatted(subject);
    assertThat(replay(query + "000000000000").jsonPath().getInt("matched")).isZero();
    assertThat(replay(query + fingerprint).jsonPath().getInt("replayed")).isEqualTo(1);
    awaitEnd(dead, "delivered");
  }

  @Test
  void aDryRunOfOneSaysHowItWouldStandAndChangesNothing() {
    JsonNode dead = deadLead();
    String path = "/api/deliveries/%d/replay?dryRun=true".formatted(dead.path("id").asLong());

    assertThat(replay(path).asString())
        .isEqualTo(
            "{\"id\":%d,\"state\":\"pending\",\"reason\":null,\"dryRun\":true}"
                .formatted(dead.path("id").asLong()));
    assertThat(awaitEnd(dead, "dead")).isEqualTo(dead);

    VendorStubs.reset();
    JsonNode later = awaitDelivery(lead(), "enerflo");
    replay(path)
        .then()
        .body("state", equalTo("skipped"))
        .body("reason", equalTo("superseded by event " + later.path("eventId").asText()));
    assertThat(awaitEnd(dead, "dead")).isEqualTo(dead);
    String delivered = "/api/deliveries/%d/replay?dryRun=true".formatted(later.path("id").asLong());
    problem(replay(delivered), 409, "force=true");
  }

  @Test
  void onlyDeliveriesThatMatchAllFiltersAreReplayed() {
    JsonNode dead = deadLead();
    VendorStubs.reset();
    String query = "/api/deliveries/replay?subject=" + subject;
    String status = "&status=" + dead.path("status").asText();

    for (String other :
        List.of(
            "&status=500",
            "&type=lead.changed",
            "&reason=unknown",
            "&until=2026-01-31T08:00:00Z")) {
      assertThat(replay(query + other).jsonPath().getInt("matched")).as(other).isZero();
    }
    assertThat(
            replay(query + status + "&type=lead.submitted&reason=RETURNED")
                .jsonPath()
                .getInt("replayed"))
        .isEqualTo(1);
    awaitEnd(dead, "delivered");
  }

  @Test
  void aSuccessfulDeliveryIsReplayedOnlyWithForce() {
    JsonNode delivered = awaitDelivery(lead(), "enerflo");
    String path = "/api/deliveries/%d/replay".formatted(delivered.path("id").asLong());

    problem(replay(path), 409, "force=true");
    replay(path + "?force=true").then().statusCode(200);
    Awaitility.await()
        .untilAsserted(() -> assertThat(VendorStubs.leadsSentToEnerflo(subject)).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource({
    "pending,without a replay",
    "running,is running",
    "held,approve",
    "delivered,force=true"
  })
  void anUnfinishedDeliveryIsNotReplayedAndTheResponseNamesTheNextStep(
      String state, String advice) {
    problem(replay("/api/deliveries/replay?state=" + state), 409, advice);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/deliveries/0/replay,404,no delivery",
    "/api/deliveries/replay?state=lost,400,state",
    "/api/deliveries/replay?since=yesterday,400,since",
    "/api/deliveries/replay?until=yesterday,400,until",
    "/api/deliveries/replay?reason=,400,reason",
    "/api/deliveries/replay?status=many,400,status",
    "/api/deliveries/replay?email=a,400,'email; there are destination, dryRun, fingerprint, force'",
    "/api/deliveries/replay?wait=never,400,wait",
    "/api/replays/none/stop,404,no replay",
    "/api/deliveries/replay?reason=a&reason=b,400,reason is given more than once",
    "/api/deliveries/0/replay?dryRun=yes,400,dryRun",
    "/api/deliveries/replay?limit=all,400,limit",
    "/api/deliveries/replay?dryRun=yes,400,dryRun",
    "/api/deliveries/replay?destination=nowhere,409,no destination nowhere",
    "/api/events/nothing/replay,404,No message",
    "/api/events/replay?stage=deliver,400,stage",
    "/api/events/replay?since=yesterday,400,since",
    "/api/events/replay?until=yesterday,400,until",
    "/api/events/replay?reason=,400,reason",
    "/api/events/replay?destination=crm,400,'destination; there are dryRun, fingerprint, limit, reason, since'",
    "/api/events/nothing/replay?dryRun=true,404,No message"
  })
  void anInvalidRequestNamesItsProblem(String path, int status, String detail) {
    problem(replay(path), status, detail);
  }

  @Test
  void theOtherRequestsOfTheSamePathsAreStillAnswered() {
    get("/api/deliveries").then().statusCode(200);
    get("/api/events/" + awaitDelivery(lead(), "enerflo").path("eventId").asText())
        .then()
        .statusCode(200);
    problem(replay("/api/deliveries/0/approve"), 404, "is held");
  }

  private JsonNode deadLead() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .withRequestBody(containing(subject))
            .willReturn(aResponse().withStatus(422).withBody("{\"error\":\"no\"}")));
    JsonNode delivery = awaitDelivery(lead(), "enerflo");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    return delivery;
  }

  private String lead() {
    var sent = Producers.send("solar.leads", subject, "{\"email\":\"a@example.com\"}");
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static JsonNode awaitEnd(JsonNode delivery, String state) {
    return Awaitility.await()
        .until(
            () -> awaitDelivery(delivery.path("eventId").asText(), "enerflo"),
            now -> now.path("state").asText().equals(state));
  }

  private static boolean isOutcomeOf(byte[] outcome, String event, String state) {
    try {
      JsonNode said = new ObjectMapper().readTree(outcome);
      return said.path("eventId").asText().equals(event)
          && said.path("destination").asText().equals("enerflo")
          && said.path("state").asText().equals(state);
    } catch (IOException e) {
      return false;
    }
  }

  private static Response replay(String path) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .header("X-Operator", "ada")
        .post(path);
  }

  private static void problem(Response response, int status, String detail) {
    response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }
}
