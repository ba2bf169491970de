package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.solarProofCalls;
import static org.solarrelay.VendorStubs.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class EndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
  }

  @Test
  void aWebFormLeadIsDeliveredToEnerfloSolarProofAndTheCrm() {
    String email = unique() + "@example.com";
    String receipt = postLead(lead(email));

    assertThat(awaitDelivery(receipt, "enerflo").path("vendorId").asText()).isEqualTo("55555");
    assertThat(awaitDelivery(receipt, "solarproof").path("vendorId").asText()).isEqualTo("79459");
    assertThat(awaitDelivery(receipt, "crm").path("state").asText()).isEqualTo("delivered");
    assertThat(leadsSentToEnerflo(email)).hasSize(1);
    assertThat(solarProofCalls("createcustomer", email)).hasSize(1);
    assertThat(VendorStubs.sent("/crm", email)).hasSize(1);
  }

  @Test
  void theVendorsExampleLeadCausesTheSameRequestByEveryWayIn() throws Exception {
    ObjectNode sample =
        (ObjectNode) JSON.readTree(Path.of("routes/samples/event-lead.submitted.json").toFile());
    String data = sample.path("data").toString();
    String id = "yj3Shbi2-" + unique();

    String receipt = postLead(data);
    awaitDelivery(receipt, "enerflo");
    var bare = Producers.send("solar.leads", id, data);
    awaitDelivery(bare.topic() + "-" + bare.partition() + "-" + bare.offset(), "enerflo");
    String eventId = unique();
    Producers.send(
        "solar.leads",
        id,
        data,
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", eventId,
            "ce_source", "crm",
            "ce_type", "lead.submitted",
            "ce_subject", id,
            "content-type", "application/json"));
    awaitDelivery(eventId, "enerflo");

    List<JsonNode> calls =
        leadsSentToEnerflo("Bueller").stream().map(call -> parsed(call.getBodyAsString())).toList();
    assertThat(calls).hasSize(3);
    List<String> ids =
        calls.stream().map(call -> call.at("/lead/integration_record_id").asText()).toList();
    assertThat(ids.get(0)).startsWith("web:");
    assertThat(ids.subList(1, 3)).containsOnly(id);
    calls.forEach(call -> ((ObjectNode) call.path("lead")).remove("integration_record_id"));
    assertThat(calls.get(1)).isEqualTo(calls.get(0));
    assertThat(calls.get(2)).isEqualTo(calls.get(0));
    assertThat(calls.get(0).at("/lead/mobile").asText()).isEqualTo("8015554444");
  }

  @Test
  void aSecondWebhookWithTheSameIdempotencyKeyIsADuplicate() {
    String email = unique() + "@example.com";
    String key = unique();
    String first = postLead(lead(email), key);
    awaitDelivery(first, "enerflo");
    postLead(lead(email), key);
    String other = postLead(lead("other-" + email), unique());
    awaitDelivery(other, "enerflo");

    assertThat(leadsSentToEnerflo("\"" + email)).hasSize(1);
    assertThat(leadsSentToEnerflo("\"other-" + email)).hasSize(1);
  }

  @Test
  void aLeadFromSolarProofIsNotSentBackToSolarProof() throws Exception {
    String email = unique() + "@example.com";
    String receipt =
        webhook(
            "solarproof/customer_created",
            "solarproof-token",
            """
        {"pkcustomerid":%d,"fkuserid":67890,"customer_email":"%s","customer_name":"Jo Doe",
         "customer_type":"RESIDENTIAL","customer_status":1}
        """
                .formatted(System.nanoTime(), email));

    awaitDelivery(receipt, "enerflo");
    awaitDelivery(receipt, "crm");
    assertThat(HistoryClient.history(receipt).path("deliveries"))
        .extracting(delivery -> delivery.path("destination").asText())
        .containsExactlyInAnyOrder("enerflo", "crm");
    assertThat(solarProofCalls("getcustomerByemail", email.replace("@", "%40"))).isEmpty();
  }

  @Test
  void aStatusOfSolarProofReachesEnerfloByName() {
    String email = unique() + "@example.com";
    String receipt =
        webhook(
            "solarproof/customer_status_change",
            "solarproof-token",
            """
        [{"pkcustomerid":%d,"customer_email":"%s","customer_name":"Jo Doe",
          "old_status":1,"new_status":2,"customer_status":2}]
        """
                .formatted(System.nanoTime(), email));

    awaitDelivery(receipt, "enerflo");
    assertThat(leadsSentToEnerflo(email).get(0).getBodyAsString())
        .contains("\"lead_status\":\"Signed\"");
  }

  @Test
  void deliveriesToAnUnavailableVendorAreRetriedUntilItResponds() {
    String email = unique() + "@example.com";
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(email))
            .inScenario(email)
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("up")
            .willReturn(serviceUnavailable()));
    String receipt = postLead(lead(email));

    JsonNode delivery = awaitDelivery(receipt, "enerflo");
    assertThat(delivery.path("state").asText()).isEqualTo("delivered");
    assertThat(delivery.path("attempts").asInt()).isEqualTo(2);
    assertThat(delivery.at("/failures/0/status").asInt()).isEqualTo(503);
  }

  @Test
  void aPermanentFailureIsDeadAtOnceWithADeadLetterOfTheOriginalBytes() {
    String email = unique() + "@example.com";
    stub(
        solarProof("createcustomer")
            .withRequestBody(containing(email))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody(
                        "{\"code\":\"INVALID_PARAMETERS\",\"message\":\"key solarproof-test-key\"}")));
    String data = lead(email);
    var sent = Producers.send("solar.leads", unique(), data);
    String id = sent.topic() + "-" + sent.partition() + "-" + sent.offset();

    JsonNode delivery = awaitDelivery(id, "solarproof");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
    assertThat(delivery.path("answer").asText())
        .contains("INVALID_PARAMETERS")
        .doesNotContain("solarproof-test-key");
    var letter =
        TopicRecordReader.awaitRecord(
            "solar.dead-letters", r -> id.equals(TopicRecordReader.header(r, "relay_event_id")));
    assertThat(new String(letter.value())).isEqualTo(data);
    assertThat(TopicRecordReader.header(letter, "relay_stage")).isEqualTo("deliver");
    assertThat(TopicRecordReader.header(letter, "relay_destination")).isEqualTo("solarproof");
    assertThat(TopicRecordReader.header(letter, "relay_reason")).contains("422");
    assertThat(awaitDelivery(id, "enerflo").path("state").asText()).isEqualTo("delivered");
  }

  @Test
  void aSuccessStatusWithAnErrorBodyIsDead() {
    String email = unique() + "@example.com";
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(email))
            .willReturn(okJson("{\"result\":\"error\",\"data\":{\"msg\":\"Couldn't save\"}}")));
    JsonNode delivery = awaitDelivery(postLead(lead(email)), "enerflo");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("reason").asText()).contains("Couldn't save");
  }

  @Test
  void outcomesArePublishedOnTheirTopic() throws Exception {
    String receipt = postLead(lead(unique() + "@example.com"));
    String eventId = awaitHistory(receipt).at("/events/0/id").asText();
    awaitDelivery(receipt, "enerflo");
    var outcome =
        TopicRecordReader.awaitRecord(
            "solar.outcomes",
            r -> {
              JsonNode said = parsed(new String(r.value()));
              return said.path("eventId").asText().equals(eventId)
                  && said.path("destination").asText().equals("enerflo");
            });
    JsonNode said = parsed(new String(outcome.value()));
    assertThat(said.path("state").asText()).isEqualTo("delivered");
    assertThat(said.path("vendorId").asText()).isEqualTo("55555");
    assertThat(said.path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void eventsOfOneLeadReachADestinationInTheOrderOfTheirTopic() {
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .willReturn(
                okJson("{\"result\":\"success\",\"data\":{\"lead\":{\"id\":1}}}")
                    .withUniformRandomDelay(0, 40)));
    String lead = unique();
    String last = null;
    for (int n = 0; n < 20; n++) {
      var sent =
          Producers.send(
              "solar.leads",
              lead,
              "{\"email\":\"o@example.com\",\"note\":\"%s #%d#\"}".formatted(lead, n));
      last = sent.topic() + "-" + sent.partition() + "-" + sent.offset();
    }
    awaitDelivery(last, "enerflo");
    List<String> notes =
        leadsSentToEnerflo(lead).stream()
            .map(call -> call.getBodyAsString().replaceAll("(?s).*#(\\d+)#.*", "$1"))
            .toList();
    assertThat(notes)
        .hasSize(20)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
  }

  @Test
  void twoConcurrentLeadsWithOneEmailCreateOneCustomer() {
    String email = unique() + "@example.com";
    String body = containingEmail(email);
    stub(
        solarProof("getcustomerByemail")
            .withQueryParam(
                "customer_email", com.github.tomakehurst.wiremock.client.WireMock.equalTo(email))
            .inScenario(body)
            .whenScenarioStateIs("created")
            .willReturn(okJson("{\"customer_id\":\"79459\"}")));
    stub(
        solarProof("createcustomer")
            .withRequestBody(containing(email))
            .inScenario(body)
            .willSetStateTo("created")
            .willReturn(okJson("{\"Message\":\"ok\",\"id\":\"79459\"}").withFixedDelay(300)));
    stub(
        solarProof("updatecustomer")
            .willReturn(okJson("{\"Message\":\"ok\",\"CustomerId\":\"79459\"}")));
    String first = postLead(lead(email));
    String second = postLead(lead(email));
    awaitDelivery(first, "solarproof");
    awaitDelivery(second, "solarproof");
    assertThat(solarProofCalls("createcustomer", email)).hasSize(1);
    assertThat(solarProofCalls("updatecustomer", email)).hasSize(1);
  }

  private static String containingEmail(String email) {
    return "one customer " + email;
  }

  private static String lead(String email) {
    return """
        {"firstName":"Ada","lastName":"Example","email":"%s","mobile":"(801) 555-0100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
        .formatted(email);
  }

  private static String postLead(String body) {
    return postLead(body, unique());
  }

  private static String postLead(String body, String idempotencyKey) {
    return given()
        .header("X-Webhook-Token", "leads-token")
        .header("Idempotency-Key", idempotencyKey)
        .contentType("application/json")
        .body(body)
        .post("/webhooks/leads")
        .then()
        .statusCode(202)
        .extract()
        .path("receipt");
  }

  private static String webhook(String path, String token, String body) {
    return given()
        .header("X-Webhook-Token", token)
        .contentType("application/json")
        .body(body)
        .post("/webhooks/" + path)
        .then()
        .statusCode(202)
        .extract()
        .path("receipt");
  }

  private static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
