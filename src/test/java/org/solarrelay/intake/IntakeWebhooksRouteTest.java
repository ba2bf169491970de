package org.solarrelay.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.standardwebhooks.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.TopicRecordReader;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class IntakeWebhooksRouteTest {

  private static final String LEAD = "{\"id\":\"a-1\",\"email\":\"lead@example.com\"}";
  private static final String FLIP_SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x";
  private static final int LIMIT = 1024 * 1024;

  @Test
  void aWebhookReachesTheInboxByteForByteWithItsReceipt() {
    String body = " {\"id\":\"byte-1\",\n\t\"email\" : \"x@example.com\", \"née\":\"\\u00e9\"} ";
    String receipt =
        accepted(leads().body(body.getBytes(StandardCharsets.UTF_8)).post("/webhooks/leads"));

    ConsumerRecord<String, byte[]> record = inboxRecord(receipt);
    assertThat(record.value()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    assertThat(record.key()).isEqualTo("leads:byte-1");
    assertThat(TopicRecordReader.header(record, "relay_source")).isEqualTo("leads");
    assertThat(Instant.parse(TopicRecordReader.header(record, "relay_time")))
        .isBefore(Instant.now());
  }

  @Test
  void headersAndQueryParametersOfASenderHaveNoEffect() {
    String marker = "cve-" + UUID.randomUUID();
    RequestSpecification hostile =
        leads()
            .header("kafka.OVERRIDE_TOPIC", "solar.outcomes")
            .header("kafka.KEY", "stolen")
            .header("kafka.PARTITION_KEY", "0")
            .header("kafka.OVERRIDE_TIMESTAMP", "1")
            .header("CamelKafkaOverrideTopic", "solar.outcomes")
            .header("CamelHttpResponseCode", "200")
            .header("relay_source", "crm")
            .header("relay_receipt", "mine")
            .queryParam("kafka.OVERRIDE_TOPIC", "solar.outcomes")
            .queryParam("CamelHttpUri", "http://evil.invalid");
    String receipt =
        accepted(hostile.body("{\"id\":\"%s\"}".formatted(marker)).post("/webhooks/leads"));

    ConsumerRecord<String, byte[]> record = inboxRecord(receipt);
    assertThat(record.key()).isEqualTo("leads:" + marker);
    assertThat(record.timestamp()).isGreaterThan(1);
    assertThat(record.headers().toArray())
        .extracting(header -> header.key())
        .containsExactlyInAnyOrder(
            "relay_source", "relay_receipt", "relay_time", "http_content-type", "traceparent");
    assertThat(TopicRecordReader.header(record, "relay_source")).isEqualTo("leads");
    assertThat(
            TopicRecordReader.find("solar.outcomes", r -> new String(r.value()).contains(marker)))
        .isEmpty();
  }

  @Test
  void theTokenMayBeAQueryParameterForVendorsThatAcceptOnlyAUrl() {
    accepted(
        given()
            .contentType("application/json")
            .body(LEAD)
            .post("/webhooks/leads?token=leads-token"));
  }

  @Test
  void everyLiveTokenIsAccepted() {
    for (String token : new String[] {"enerflo-token", "enerflo-next-token"}) {
      accepted(
          given()
              .header("X-Webhook-Token", token)
              .contentType("application/json")
              .body("{\"webhook_event\":\"new_customer\",\"id\":1}")
              .post("/webhooks/enerflo"));
    }
  }

  @Test
  void aMissingTokenOrOneOfAnotherSourceIsRejected() {
    String body = LEAD;
    problem(given().contentType("application/json").body(body).post("/webhooks/leads").then(), 401);
    problem(
        given()
            .header("X-Webhook-Token", "enerflo-token")
            .contentType("application/json")
            .body(body)
            .post("/webhooks/leads")
            .then(),
        401);
  }

  @Test
  void theUrlNamesTheEventOfSolarProof() {
    String receipt =
        accepted(
            given()
                .header("X-Webhook-Token", "solarproof-token")
                .contentType("application/json; charset=UTF-8")
                .body("[{\"pkcustomerid\":12345,\"customer_status\":2}]")
                .post("/webhooks/solarproof/customer_status_change"));
    ConsumerRecord<String, byte[]> record = inboxRecord(receipt);
    assertThat(TopicRecordReader.header(record, "relay_event")).isEqualTo("customer_status_change");
    assertThat(record.key()).isEqualTo("solarproof:12345");
  }

  @Test
  void aFlipWebhookIsAcceptedWithItsSignatureOverTheRawBody() throws Exception {
    String body = "{\"event_type\":\"telemetry.published\" }";
    String receipt = accepted(signed(body, Instant.now().getEpochSecond()).post("/webhooks/flip"));
    assertThat(TopicRecordReader.header(inboxRecord(receipt), "http_webhook-id"))
        .isEqualTo("msg_1");
  }

  @Test
  void aFlipWebhookWithAnOldTimestampOrAnotherBodyIsRejected() throws Exception {
    String body = "{\"event_type\":\"telemetry.published\"}";
    long now = Instant.now().getEpochSecond();
    problem(signed(body, now - 600).post("/webhooks/flip").then(), 401);
    problem(signed(body, now).body(body + " ").post("/webhooks/flip").then(), 401);
    problem(given().contentType("application/json").body(body).post("/webhooks/flip").then(), 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhooks/unknown",
        "/webhooks/",
        "/webhooks/solarproof",
        "/webhooks/leads/more",
        "/webhooks/solarproof/a b"
      })
  void anUnknownSourceIsNotFoundBeforeAnyOtherCheck(String path) {
    problem(given().body("x").post(path).then(), 404);
  }

  @Test
  void onlyPostIsAllowedWhateverTheToken() {
    problem(given().get("/webhooks/leads").then().header("Allow", "POST"), 405);
    problem(given().body("x").put("/webhooks/leads").then(), 405);
  }

  @Test
  void theTokenIsCheckedBeforeMediaTypeSizeAndBody() {
    problem(
        given()
            .contentType("text/plain")
            .body("x".repeat(LIMIT + 1))
            .post("/webhooks/leads")
            .then(),
        401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=ISO-8859-1"})
  void onlyJsonInUtf8IsAccepted(String mediaType) {
    problem(
        given()
            .header("X-Webhook-Token", "leads-token")
            .contentType(mediaType)
            .body("{")
            .post("/webhooks/leads")
            .then(),
        415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "x-gzip", "identity, gzip", ""})
  void aCompressedBodyIsRejectedWithAdvice(String coding) {
    problem(
            leads().header("Content-Encoding", coding).body(LEAD).post("/webhooks/leads").then(),
            415)
        .header("Accept-Encoding", "identity")
        .body("detail", containsString("Content-Encoding"));
  }

  @Test
  void theCodingIdentityIsAccepted() {
    accepted(leads().header("Content-Encoding", "Identity").body(LEAD).post("/webhooks/leads"));
  }

  @Test
  void aBatchOfCloudEventsIsRejectedWithAdvice() {
    problem(
            given()
                .header("X-Webhook-Token", "leads-token")
                .header("Content-Type", "application/cloudevents-batch+json")
                .body("[]".getBytes(StandardCharsets.UTF_8))
                .post("/webhooks/leads")
                .then(),
            415)
        .body("detail", containsString("batch"));
  }

  @Test
  void headersOfACloudEventAreForwardedInBothSpellings() {
    String receipt =
        accepted(
            leads()
                .header("ce_id", "under")
                .header("CE_Type", "lead.changed")
                .header("ce-source", "dash")
                .header("ce_source", "under")
                .header("ce", "x")
                .header("center", "x")
                .body(LEAD)
                .post("/webhooks/leads"));

    ConsumerRecord<String, byte[]> record = inboxRecord(receipt);
    assertThat(TopicRecordReader.header(record, "http_ce-id")).isEqualTo("under");
    assertThat(TopicRecordReader.header(record, "http_ce-type")).isEqualTo("lead.changed");
    assertThat(TopicRecordReader.header(record, "http_ce-source")).isEqualTo("dash");
  }

  @Test
  void aBodyWithMoreElementsThanTheLimitIsTooLarge() {
    String dense = "[" + "[],[],0,".repeat(LIMIT / 8 - 1) + "0]";
    problem(leads().body(dense).post("/webhooks/leads").then(), 413)
        .body("detail", containsString("brackets"));
  }

  @Test
  void aWrongSignatureIsReportedBeforeAWrongMediaType() throws Exception {
    RequestSpecification signed = signed("{}", Instant.now().getEpochSecond());
    problem(signed.contentType("text/plain").body("[]").post("/webhooks/flip").then(), 401);
    problem(
        signed("{}", Instant.now().getEpochSecond())
            .contentType("text/plain")
            .post("/webhooks/flip")
            .then(),
        415);
  }

  @Test
  void theTokenInTheHeaderWinsOverTheQuery() {
    problem(
        leads()
            .queryParam("token", "x")
            .header("X-Webhook-Token", "x")
            .body(LEAD)
            .post("/webhooks/enerflo")
            .then(),
        401);
    problem(
        given()
            .header("X-Webhook-Token", "")
            .contentType("application/json")
            .body(LEAD)
            .post("/webhooks/leads?token=leads-token")
            .then(),
        401);
    accepted(
        given()
            .contentType("application/json")
            .body(LEAD)
            .post("/webhooks/leads?a=b&token=leads-token&c=d"));
  }

  @Test
  void aBodyOverTheLimitIsRejectedAndOneAtTheLimitIsAccepted() {
    String pad = "x".repeat(LIMIT - "{\"id\":\"\"}".length());
    accepted(leads().body("{\"id\":\"%s\"}".formatted(pad)).post("/webhooks/leads"));
    problem(leads().body("{\"id\":\"%sx\"}".formatted(pad)).post("/webhooks/leads").then(), 413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "{", "not json", "{} {}", "{\"a\":01}", "\"\\ud800", "{'a':1}"})
  void invalidJsonIsRejected(String body) {
    problem(leads().body(body).post("/webhooks/leads").then(), 400)
        .body("detail", containsString("the body"));
  }

  @Test
  void deepNestingIsRejectedWithoutAStackOverflow() throws Exception {
    // REST Assured would pretty-print this body, with gigabytes of indentation
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d/webhooks/leads".formatted(RestAssured.port)))
            .header("X-Webhook-Token", "leads-token")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(deep))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void anErrorNeverQuotesTheBody() {
    String response =
        leads().body("{\"email\": secret@example.com}").post("/webhooks/leads").asString();
    assertThat(response).doesNotContain("secret@example.com").doesNotContain("Exception");
  }

  private static RequestSpecification leads() {
    return given().header("X-Webhook-Token", "leads-token").contentType("application/json");
  }

  private static RequestSpecification signed(String body, long timestamp) throws Exception {
    return given()
        .header("Webhook-Id", "msg_1")
        .header("Webhook-Timestamp", timestamp)
        .header("Webhook-Signature", new Webhook(FLIP_SECRET).sign("msg_1", timestamp, body))
        .contentType("application/json")
        .body(body);
  }

  private static String accepted(io.restassured.response.Response response) {
    return response
        .then()
        .statusCode(202)
        .contentType("application/json")
        .body("receipt", matchesPattern("[0-9a-f-]{36}"))
        .extract()
        .path("receipt");
  }

  private static ValidatableResponse problem(ValidatableResponse response, int status) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("title", matchesPattern(".+"));
  }

  private static ConsumerRecord<String, byte[]> inboxRecord(String receipt) {
    return TopicRecordReader.awaitRecord(
        "solar.inbox", record -> receipt.equals(TopicRecordReader.header(record, "relay_receipt")));
  }
}
