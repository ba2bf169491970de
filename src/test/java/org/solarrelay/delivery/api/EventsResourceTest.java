package org.solarrelay.delivery.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;
import static org.solarrelay.HistoryClient.get;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.Receipt;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class EventsResourceTest {

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer wrong", "Basic operator-token", "Bearer operator-tokens"})
  void theApiRejectsARequestWithoutTheToken(String authorization) {
    for (String path : List.of("/api/deliveries", "/api/events/x", "/api/nothing")) {
      var request = given();
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      problem(request.get(path).then(), 401, "Unauthorized")
          .header("WWW-Authenticate", "Bearer")
          .body("detail", containsString("Authorization: Bearer"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/deliveries",
        "/api;a=b/deliveries",
        "/;/api/deliveries",
        "/%61pi/deliveries",
        "/api%2fdeliveries",
        "/./api/deliveries",
        "/x/../api/deliveries",
        "/api/deliveries/",
        "/API/deliveries"
      })
  void noSpellingOfThePathGoesRoundTheToken(String path) throws Exception {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response.lines().findFirst().orElseThrow())
          .containsAnyOf(" 401 ", " 404 ", " 400 ");
      assertThat(response).doesNotContain("\"items\"");
    }
  }

  @Test
  void anUnknownIdIsNotFound() {
    List<String> unknown =
        List.of(
            UUID.randomUUID().toString(),
            Receipt.create(),
            "999999999999",
            "solar.leads-0-999999999",
            "solar.leads-99-0",
            "solar.inbox-0-999999999",
            "other-0-0",
            "-",
            "nothing%20of%20the%20kind");
    for (String id : unknown) {
      problem(get("/api/events/" + id).then(), 404, "Not Found")
          .body("detail", containsString("No webhook, event, delivery or message has this id"));
    }
  }

  @Test
  void aDeliveryIsFoundByItsNumber() {
    String place = lead(UUID.randomUUID().toString());
    JsonNode delivery = awaitDelivery(place, "enerflo");
    String number = delivery.path("id").asText();

    assertThat(get("/api/deliveries/" + number).jsonPath().getString("eventId")).isEqualTo(place);
    assertThat(HistoryClient.history(number).path("events"))
        .isEqualTo(HistoryClient.history(place).path("events"));
    assertThat(HistoryClient.history(number).path("deliveries"))
        .isEqualTo(HistoryClient.history(place).path("deliveries"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999", "0", "-1", "x", "1e3", "99999999999999999999"})
  void anUnknownDeliveryIsNotFound(String number) {
    problem(get("/api/deliveries/" + number).then(), 404, "Not Found")
        .body("detail", containsString("GET /api/deliveries lists them"));
    for (String action : List.of("replay", "approve", "decline")) {
      problem(operator().post("/api/deliveries/" + number + "/" + action).then(), 404, "Not Found");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/deliveries?email=a@example.com | email; there are cursor, destination, fingerprint, limit,"
            + " reason, since, state, status, subject, type, until",
        "/api/events?destination=crm | destination; there are cursor, fingerprint, limit, reason,"
            + " since, source, stage, state, until",
        "/api/deliveries?state=dead&state=skipped | state is given more than once",
        "/api/deliveries?Limit=5 | Limit",
        "/api/events/x?verbose=true | verbose; this endpoint has none",
        "/api/deliveries/1?x | x;",
        "/api/destinations?a%20b=1 | of this name",
      })
  void anUnknownParameterIsRejectedAndTheKnownOnesAreNamed(String url, String detail) {
    var request = operator().urlEncodingEnabled(false);
    problem(request.get(url).then(), 400, "Bad Request").body("detail", containsString(detail));
  }

  @Test
  void whatTheFrameworkRejectsIsAProblemToo() {
    problem(operator().get("/api/nothing").then(), 404, "Not Found");
    problem(operator().get("/api").then(), 404, "Not Found");
    problem(operator().get("/api/").then(), 404, "Not Found");
    problem(operator().get("/api/deliveries/1/2/3").then(), 404, "Not Found");
    problem(operator().delete("/api/deliveries").then(), 405, "Method Not Allowed")
        .body("detail", containsString("DELETE"));
    problem(operator().get("/api/deliveries/1/replay").then(), 405, "Method Not Allowed");
    problem(
        operator().contentType("text/plain").body("x").post("/api/preview").then(),
        415,
        "Unsupported Media Type");
  }

  private static RequestSpecification operator() {
    return given().header("Authorization", "Bearer operator-token");
  }

  @ParameterizedTest
  @CsvSource({
    "state=lost,state",
    "since=yesterday,since",
    "since=2026-01-31,since",
    "since=2026-01-31T08:00:00,since",
    "until=tomorrow,until",
    "since=2026-01-31T08:00:00Z&until=2026-01-31T08:00:00Z,until is a time after since",
    "since=2026-01-31T08:00:00Z&until=2026-01-31T09:00:00%2B02:00,until",
    "reason=,reason has no value",
    "destination=,destination has no value",
    "destination,destination has no value",
    "reason=%20,reason",
    "reason=%00,parameter",
    "status=4xx,status",
    "status=42,status",
    "cursor=abc,cursor",
    "cursor=99999999999999999999,cursor",
    "limit=ten,limit",
    "subject=%00,parameter"
  })
  void aParameterThatMakesNoSenseIsNamed(String query, String name) {
    var answer = given().urlEncodingEnabled(false).header("Authorization", "Bearer operator-token");

    problem(answer.get("/api/deliveries?" + query).then(), 400, "Bad Request")
        .body("detail", containsString(name));
  }

  @Test
  void anIdThatPostgreSqlCannotStoreIsABadRequest() {
    var request =
        given().urlEncodingEnabled(false).header("Authorization", "Bearer operator-token");

    problem(request.get("/api/events/%00").then(), 400, "Bad Request");
  }

  @Test
  void whatIsNotThereAnswersWithoutClassNames() {
    for (String path : List.of("/api/nothing", "/api/deliveries/x/y")) {
      assertThat(get(path).then().statusCode(404).extract().asString())
          .doesNotContain("Exception", "org.", "java");
    }
  }

  @Test
  void deliveriesAreFoundByStateDestinationSubjectAndTime() {
    String subject = UUID.randomUUID().toString();
    OffsetDateTime before = OffsetDateTime.now().minusMinutes(1);
    awaitDelivery(lead(subject), "enerflo");
    awaitDelivery(lead(subject), "enerflo");
    String all = "subject=" + subject;

    assertThat(found(all)).hasSize(4);
    assertThat(found(all + "&destination=enerflo")).hasSize(2);
    assertThat(found(all + "&destination=enerflo&state=delivered")).hasSize(2);
    assertThat(found(all + "&destination=enerflo&state=dead")).isEmpty();
    assertThat(found(all + "&since=" + before.toInstant())).hasSize(4);
    assertThat(found(all + "&since=" + before.plusHours(1).toInstant())).isEmpty();
    assertThat(found(all + "&until=" + before.plusHours(1).toInstant())).hasSize(4);
    assertThat(found(all + "&until=" + before.toInstant())).isEmpty();
    assertThat(found(all + "&type=lead.submitted&status=200&destination=enerflo")).hasSize(2);
    assertThat(found(all + "&type=lead.changed")).isEmpty();
    assertThat(found(all + "&status=422")).isEmpty();
    assertThat(found(all + "&reason=refused")).isEmpty();
    assertThat(found("subject=" + subject.substring(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 7, 500})
  void pagesHoldEveryDeliveryOnceNewestFirst(int size) {
    String subject = UUID.randomUUID().toString();
    String last = null;
    for (int n = 0; n < 5; n++) {
      last = lead(subject);
    }
    awaitDelivery(last, "enerflo");
    List<Long> ids = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonPath page =
          get("/api/deliveries?limit=%d&subject=%s%s".formatted(size, subject, next)).jsonPath();
      List<Long> items = page.getList("items.id", Long.class);
      assertThat(items).hasSizeLessThanOrEqualTo(size);
      ids.addAll(items);
      next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    }

    assertThat(ids)
        .hasSize(10)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> (int) (b - a));
  }

  @Test
  void limitsBeyondReasonAreBroughtWithinIt() {
    for (String limit : List.of("0", "-1", "100000000000")) {
      get("/api/deliveries?limit=" + limit).then().statusCode(200);
    }
  }

  @Test
  void anEventIdAndItsReceiptReturnTheSameHistory() {
    String email = UUID.randomUUID() + "@example.com";
    String receipt =
        webhook("leads", "leads-token", "{\"firstName\":\"Ada\",\"email\":\"%s\"}", email);
    awaitDelivery(receipt, "enerflo");
    awaitDelivery(receipt, "solarproof");
    awaitDelivery(receipt, "crm");
    JsonNode byReceipt = awaitHistory(receipt);
    String eventId = byReceipt.at("/events/0/id").asText();
    JsonNode byId = awaitHistory(eventId);

    assertThat(byReceipt.path("state").asText()).isEqualTo("events");
    assertThat(byReceipt.path("reason").isNull()).isTrue();
    assertThat(byReceipt.at("/events/0/receipt").asText()).isEqualTo(receipt);
    assertThat(byReceipt.at("/events/0/type").asText()).isEqualTo("lead.submitted");
    assertThat(byReceipt.at("/events/0/source").asText()).isEqualTo("web");
    assertThat(byReceipt.at("/events/0/place").asText()).startsWith("solar.leads-");
    assertThat(byReceipt.at("/events/0/data/email").asText()).isEqualTo(email);
    assertThat(byReceipt.path("deliveries"))
        .extracting(delivery -> delivery.path("destination").asText())
        .containsExactly("enerflo", "solarproof", "crm");
    JsonNode enerflo = byReceipt.at("/deliveries/0");
    assertThat(enerflo.path("eventId").asText()).isEqualTo(eventId);
    assertThat(enerflo.path("attempts").asInt()).isEqualTo(1);
    assertThat(enerflo.path("vendorId").asText()).isEqualTo("55555");
    assertThat(enerflo.path("finishedAt").isTextual()).isTrue();
    assertThat(enerflo.path("nextAttemptAt").isNull()).isTrue();
    assertThat(byId.path("deliveries")).isEqualTo(byReceipt.path("deliveries"));
    assertThat(byId.path("events")).isEqualTo(byReceipt.path("events"));
  }

  @Test
  void aReceiptOfSeveralEventsTellsThemAllAndWhatWasLeftOut() {
    String customers =
        """
        [{"pkcustomerid":1%1$d,"customer_email":"a%1$d@example.com","customer_name":"A B"},
         {"pkcustomerid":2%1$d,"customer_email":"b%1$d@example.com","customer_name":"C D"},
         {"customer_email":"no id"}]
        """
            .formatted(System.nanoTime());
    String receipt =
        webhook("solarproof/customer_created", "solarproof-token", customers, (Object[]) null);
    awaitDelivery(receipt, "crm");
    JsonNode history = awaitHistory(receipt);

    assertThat(history.path("events")).hasSize(2);
    assertThat(history.path("deliveries"))
        .extracting(delivery -> delivery.path("destination").asText())
        .containsExactlyInAnyOrder("enerflo", "crm", "enerflo", "crm");
    assertThat(history.path("reason").asText()).contains("has no id");
  }

  private static List<Long> found(String query) {
    return get("/api/deliveries?" + query).jsonPath().getList("items.id", Long.class);
  }

  private static String lead(String subject) {
    var sent = Producers.send("solar.leads", subject, "{\"email\":\"a@example.com\"}");
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static String webhook(String path, String token, String body, Object... values) {
    return given()
        .header("X-Webhook-Token", token)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json")
        .body(values == null ? body : body.formatted(values))
        .post("/webhooks/" + path)
        .then()
        .statusCode(202)
        .extract()
        .path("receipt");
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String title) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("title", equalTo(title));
  }
}
