package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.database.Sql;
import org.solarrelay.event.EventType;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class StoryPageTest {

  private static final String LEAD = "{\"email\":\"ann@example.com\",\"fullName\":\"Ann Lee\"}";

  @Inject DataSource database;

  private final String subject = UUID.randomUUID().toString();

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void enerfloGoesOn() {
    as("operator-token").post("/api/destinations/enerflo/resume");
  }

  @Test
  void aViewerSeesPersonalDataAfterShow() {
    String event = dead();

    as(IDENTITY.token("vera", "viewer"))
        .get("/console/events/" + event)
        .then()
        .statusCode(200)
        .body(not(containsString("ann@example.com")), not(containsString(">Replay<")))
        .body(containsString("a…@example.com is taken"));
    as(IDENTITY.token("vera", "viewer"))
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/events/" + event + "/show")
        .then()
        .statusCode(200)
        .body(containsString("ann@example.com is taken"), containsString("Ann Lee"))
        .body(not(containsString("hx-get=\"/console/events")));
  }

  @Test
  void aStoryShowsWhatEachAttemptHasSent() {
    String event =
        dead("{\"email\":\"ann@example.com\",\"fullName\":\"<script>Ann</script> Lee\"}");

    as("operator-token")
        .get("/console/events/" + event)
        .then()
        .statusCode(200)
        .body(
            containsString("POST " + VendorStubs.ADD_LEAD),
            containsString("&lt;script&gt;Ann"),
            containsString("Content-Type: application/json"),
            matchesPattern("(?s).*<td>\\d+ ms</td>.*"),
            not(containsString("<script>Ann")),
            not(containsString("api-key")));
  }

  @Test
  void aViewerSeesMethodAndPathOfARequestAndItsBodyAfterShow() {
    String event = dead();
    String viewer = IDENTITY.token("vera", "viewer");

    as(viewer)
        .get("/console/events/" + event)
        .then()
        .body(containsString("POST " + VendorStubs.ADD_LEAD), not(containsString("Ann")));
    as(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/events/" + event + "/show")
        .then()
        .body(containsString("<summary>Request</summary>"), containsString("Ann"));
    as(viewer)
        .get("/console/events/%1$s/deliveries/%2$d/fields".formatted(event, number(event)))
        .then()
        .statusCode(403);
  }

  @Test
  void anAttemptFromBeforeTheUpgradeHasAnUnknownRequest() throws SQLException {
    String event = dead();
    execute("delete from attempt_request where delivery_id = :delivery", number(event));

    as("operator-token")
        .get("/console/events/" + event)
        .then()
        .statusCode(200)
        .body(
            containsString("<td><span class=\"none\">unknown</span></td>"),
            not(containsString("POST " + VendorStubs.ADD_LEAD)));
    as("operator-token")
        .get("/console/events/%s/deliveries/%d/preview".formatted(event, number(event)))
        .then()
        .statusCode(200)
        .body(containsString("<p class=\"none\">unknown</p>"));
  }

  @Test
  void theTimeBetweenAttemptsIsFolded() throws SQLException {
    String event = dead();
    addAttempts(number(event), 3);
    execute(
        """
        update failed_attempt set at = at + (attempt - 1) * interval '65 min'
        where delivery_id = :delivery
        """,
        number(event));

    as("operator-token")
        .get("/console/events/" + event)
        .then()
        .body(stringContainsInOrder(">1</td>", "1 h 5 min later", ">2</td>", "later", ">3</td>"));
  }

  @Test
  void whatWasSentThenStandsBesideWhatWouldBeSentNow() {
    String event = dead();

    as("operator-token")
        .get("/console/events/%s/deliveries/%d/preview".formatted(event, number(event)))
        .then()
        .statusCode(200)
        .body(
            stringContainsInOrder(
                "Sent then", VendorStubs.ADD_LEAD, "Response 422", "Would be sent now", "POST"));
  }

  @Test
  void fieldsOfWebhookEventAndRequestStandSideBySide() {
    String receipt =
        given()
            .header("X-Webhook-Token", "leads-token")
            .contentType("application/json")
            .body(
                """
                {"fullName":"<b>Ann</b> Lee","email":" Ann-%s@B.example","mobile":"415 555 0144"}
                """
                    .formatted(subject))
            .post("/webhooks/leads")
            .path("receipt");
    HistoryClient.awaitDelivery(receipt, "enerflo");

    as("operator-token")
        .get("/console/events/%s/deliveries/%d/fields".formatted(receipt, number(receipt)))
        .then()
        .statusCode(200)
        .body(
            containsString("Sent to enerflo"),
            containsString("&lt;b&gt;Ann"),
            containsString("changed in the event"),
            not(containsString("<b>Ann")),
            not(containsString("As it came: no webhook")));
  }

  @Test
  void aViewerCannotActOnADelivery() {
    long delivery = number(dead());
    String viewer = IDENTITY.token("vera", "viewer");

    for (String action : new String[] {"replay", "approve", "decline", "cancel"}) {
      as(viewer)
          .header("Sec-Fetch-Site", "same-origin")
          .post("/console/events/%1$d/deliveries/%1$d/%2$s".formatted(delivery, action))
          .then()
          .statusCode(403);
    }
    as(viewer)
        .get("/console/events/%1$d/deliveries/%1$d/preview".formatted(delivery))
        .then()
        .statusCode(403);
  }

  @Test
  void aStoryOfTenThousandAttemptsShowsTheLastFiftyAndMoreOnDemand() throws SQLException {
    String event = dead();
    addAttempts(number(event), 10_000);

    as("operator-token")
        .get("/console/events/" + event)
        .then()
        .statusCode(200)
        .body(containsString("The last 50 of 10000 attempts"))
        .body(containsString("?attempts=500\">Show more</a>"))
        .time(lessThan(3_000L)) // some 100 ms on an idle machine
        .body(containsString(">9951</td>"), not(containsString(">9950</td>")));
    as("operator-token")
        .get("/console/events/%s?attempts=500".formatted(event))
        .then()
        .body(containsString(">9501</td>"), not(containsString(">9500</td>")));
    as("operator-token")
        .get("/console/events/%s?attempts=10001".formatted(event))
        .then()
        .statusCode(400);
  }

  @Test
  void aDeliveryThatWaitsShowsTheOneBeforeItAndIsCancelled() {
    as("operator-token").post("/api/destinations/enerflo/pause");
    String lead = "{\"email\":\"ann-%s@b.example\"}".formatted(subject);
    long first = number(lead(lead));
    String event = lead(lead);
    long second = number(event);

    as("operator-token")
        .get("/console/events/" + second)
        .then()
        .statusCode(200)
        .body(
            containsString(
                "waits for delivery <a href=\"/console/events/%1$d\">%1$d</a>".formatted(first)));
    as("operator-token")
        .header("Sec-Fetch-Site", "same-origin")
        .header("X-Operator", "omar")
        .redirects()
        .follow(false)
        .post("/console/events/%s/deliveries/%d/cancel".formatted(event, second))
        .then()
        .statusCode(303);
    as("operator-token")
        .get("/console/events/" + second)
        .then()
        .body(containsString("cancelled by omar: no reason given"));
    as("operator-token")
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/events/%1$d/deliveries/%1$d/cancel".formatted(first));
  }

  @Test
  void theWebhookOfAnEventIsShownAsItCame() {
    String lead = "{\"fullName\":\"<i>Ann</i>\",\"email\":\"ann-%s@b.example\"}".formatted(subject);
    String receipt =
        given()
            .header("X-Webhook-Token", "leads-token")
            .contentType("application/json")
            .body(lead)
            .post("/webhooks/leads")
            .path("receipt");
    HistoryClient.awaitHistory(receipt);

    as("operator-token")
        .get("/console/events/%s/webhook".formatted(receipt))
        .then()
        .statusCode(200)
        .body(containsString("&lt;i&gt;Ann&lt;/i&gt;"), containsString("solar.inbox-"));
    as("operator-token")
        .get("/console/events/" + receipt)
        .then()
        .body(containsString("/webhook\">as it came</a>"));
    as(IDENTITY.token("vera", "viewer"))
        .get("/console/events/%s/webhook".formatted(receipt))
        .then()
        .statusCode(403);
  }

  @Test
  void anUnknownIdIsAPageOfAnError() {
    as("operator-token")
        .get("/console/events/no-such-event")
        .then()
        .statusCode(404)
        .contentType("text/html")
        .body(containsString("has this id"));
  }

  private String dead() {
    return dead(LEAD);
  }

  private String dead(String data) {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody("{\"message\":\"ann@example.com is taken\"}")));
    String event = lead(data);
    HistoryClient.awaitDelivery(event, "enerflo");
    return event;
  }

  /** Produces a lead; its delivery is in the queue. */
  private String lead(String data) {
    String event = Producers.event("crm", EventType.LEAD_SUBMITTED, subject, data);
    HistoryClient.awaitHistory(event);
    return event;
  }

  private static long number(String event) {
    for (var delivery : HistoryClient.awaitHistory(event).path("deliveries")) {
      if (delivery.path("destination").asText().equals("enerflo")) {
        return delivery.path("id").asLong();
      }
    }
    throw new AssertionError("No delivery to enerflo");
  }

  private void execute(String sql, long delivery) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.of(sql).update(connection, parameters -> parameters.set("delivery", delivery));
    }
  }

  private void addAttempts(long delivery, int count) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.of(
              """
              insert into failed_attempt (delivery_id, attempt, status, reason, answer)
              select :delivery, n, 503, 'enerflo returned 503', 'busy'
              from generate_series(2, :count) n
              """)
          .update(
              connection, parameters -> parameters.set("delivery", delivery).set("count", count));
      Sql.of(
              """
              insert into attempt_request (delivery_id, attempt, duration_ms, calls)
              select :delivery, n, 5, '[{"method":"POST","url":"https://h/lead","headers":{},"status":503,"durationMs":4,"body":"'
                || repeat(md5(n::text), 30) || '"}]'
              from generate_series(2, :count) n
              """)
          .update(
              connection, parameters -> parameters.set("delivery", delivery).set("count", count));
      Sql.of("update delivery_ledger set attempts = :count where id = :delivery")
          .update(
              connection, parameters -> parameters.set("delivery", delivery).set("count", count));
    }
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
