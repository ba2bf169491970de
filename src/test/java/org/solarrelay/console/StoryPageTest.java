package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
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
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody("{\"message\":\"ann@example.com is taken\"}")));
    String event = lead(LEAD);
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
      Sql.of("update delivery_ledger set attempts = :count where id = :delivery")
          .update(
              connection, parameters -> parameters.set("delivery", delivery).set("count", count));
    }
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
