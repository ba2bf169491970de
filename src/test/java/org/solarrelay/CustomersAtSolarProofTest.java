package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.VendorStubs.audits;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.solarProofCalls;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;
import static org.solarrelay.event.EventType.LEAD_CHANGED;
import static org.solarrelay.event.EventType.LEAD_SUBMITTED;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.EventJson;

/** Leads from their topic to Solar Proof's Customers API. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class CustomersAtSolarProofTest {

  private final String lead = UUID.randomUUID().toString().substring(0, 13);
  private final String email = lead + "@example.com";
  private final String customer = number();

  @BeforeEach
  void stubSolarProofWithoutCustomers() {
    VendorStubs.reset();
    linkToEnerflo(lead, number());
    solarProofOutcomes(
        "createcustomer",
        okJson(
            "{\"Message\":\"Customer created successfully!\",\"id\":\"%s\"}".formatted(customer)));
  }

  @Test
  void aNewLeadIsCreatedIfNoCustomerHasItsEmail() {
    JsonNode delivery = awaitDelivery(submitted(fixture("solarproof/lead-event.json")));

    assertDelivered(delivery);
    assertThat(delivery.path("vendorId").asText()).isEqualTo(customer);
    String expected = ofThisLead(fixture("solarproof/create-request.json"));
    assertThat(body("createcustomer"))
        .isEqualTo(json(expected.replace("k+e&y%2B=1", "solarproof-test-key")));
    assertThat(call("createcustomer").getUrl())
        .isEqualTo("/apidata.php?action=createcustomer&api_key=solarproof-test-key");
    assertThat(call("getcustomerByemail").queryParameter("customer_email").firstValue())
        .isEqualTo(email);
  }

  @Test
  void aCustomerWithTheEmailIsUpdated() {
    stubFound(customer);

    JsonNode delivery = awaitDelivery(submitted(fixture("solarproof/lead-event.json")));

    assertDelivered(delivery);
    assertThat(delivery.path("vendorId").asText()).isEqualTo(customer);
    assertThat(body("updatecustomer"))
        .isEqualTo(
            json(
                """
                {"data":{"apikey":"solarproof-test-key","action":"updatecustomer",
                 "pkcustomerid":%s,"firstname":"John","surname":"Doe","email":"%s",
                 "phone1":"0298765432","phone2":"0412345678","type":"COMMERCIAL",
                 "companyname":"ABC Solar Solutions","companyphone":"0298765433","gststatus":1}}"""
                    .formatted(customer, email)));
    assertThat(solarProofCalls("createcustomer", email)).isEmpty();
  }

  @Test
  void aChangeUpdatesTheCreatedCustomerWithoutALookUp() {
    assertDelivered(awaitDelivery(submitted(fixture("solarproof/lead-event.json"))));
    stubUpdate(customer);

    assertDelivered(awaitDelivery(changed("{\"mobile\":\"0412 000 111\"}")));

    assertThat(json(solarProofCalls("updatecustomer", customer).get(0).getBodyAsString()))
        .isEqualTo(
            json(
                """
                {"data":{"apikey":"solarproof-test-key","action":"updatecustomer",
                 "pkcustomerid":%s,"phone1":"0412 000 111"}}"""
                    .formatted(customer)));
    assertThat(solarProofCalls("getcustomerByemail", lead)).hasSize(1);
  }

  @Test
  void aDeletedCustomerIsSearchedByEmail() {
    String gone = number();
    stub(
        solarProof("updatecustomer")
            .withRequestBody(containing(gone))
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody("{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}")));
    stubFound(customer);

    JsonNode delivery =
        awaitDelivery(
            changed("{\"email\":\"%s\",\"ids\":{\"solarproof.customer\":\"%s\"}}", email, gone));

    assertDelivered(delivery);
    assertThat(delivery.path("vendorId").asText()).isEqualTo(customer);
  }

  @Test
  void aChangeOfAnUnknownCustomerIsSkipped() {
    JsonNode delivery = awaitDelivery(changed("{\"email\":\"%s\"}", email));

    assertThat(delivery.path("state").asText()).isEqualTo("skipped");
    assertThat(delivery.path("reason").asText()).contains("does not have this customer");
    assertThat(solarProofCalls("createcustomer", email)).isEmpty();
  }

  @Test
  void aChangeThatSolarProofRejectsIsDeadWithItsMessage() {
    stubFound(customer);
    solarProofOutcomes(
        "updatecustomer",
        aResponse()
            .withStatus(422)
            .withBody("{\"code\":\"INVALID_PARAMETERS\",\"message\":\"phone1\"}"));

    JsonNode delivery = awaitDelivery(changed("{\"email\":\"%s\"}", email));

    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("answer").asText()).contains("INVALID_PARAMETERS");
  }

  @Test
  void aLeadWithoutEmailReachesEnerfloAndIsDeadAtSolarProof() {
    String event = submitted("{\"lastName\":\"Doe\",\"note\":\"%s\"}".formatted(lead));

    JsonNode delivery = awaitDelivery(event);
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("reason").asText())
        .isEqualTo("Solar Proof knows customers by e-mail: the lead lacks email");
    assertDelivered(HistoryClient.awaitDelivery(event, "enerflo"));
    assertThat(leadsSentToEnerflo(lead)).hasSize(1);
  }

  @Test
  void twoLeadsWithOneEmailAreOneCustomerAtSolarProofAndTwoElsewhere() {
    String other = "b" + lead;
    linkToEnerflo(other, number());
    assertDelivered(awaitDelivery(submitted(fixture("solarproof/lead-event.json"))));
    stubFound(customer);
    String second =
        Producers.event(
            "crm", LEAD_SUBMITTED, other, ofThisLead(fixture("solarproof/lead-event.json")));
    assertDelivered(awaitDelivery(second));
    assertDelivered(HistoryClient.awaitDelivery(second, "enerflo"));

    String change =
        Producers.event(
            "crm", LEAD_CHANGED, other, "{\"email\":\"%s\",\"note\":\"b\"}".formatted(email));
    assertDelivered(HistoryClient.awaitDelivery(change, "enerflo"));

    assertThat(solarProofCalls("createcustomer", email)).hasSize(1);
    assertThat(audits(other)).hasSize(1);
    assertThat(audits(lead)).isEmpty();
    assertThat(ids(lead)).contains(customer).doesNotContain(other);
    assertThat(ids(other)).contains(other).doesNotContain(lead, customer);
  }

  private String submitted(String data) {
    return Producers.event("crm", LEAD_SUBMITTED, lead, ofThisLead(data));
  }

  private String changed(String data, Object... values) {
    return Producers.event("crm", LEAD_CHANGED, lead, data.formatted(values));
  }

  private String ofThisLead(String text) {
    return text.replace("john+solar@example.com", email).replace("79459", customer);
  }

  /** The ids of the record with this CRM lead. */
  private static List<String> ids(String lead) {
    return HistoryClient.get("/api/records/crm/" + lead).jsonPath().getList("items[0].ids.id");
  }

  private void stubFound(String id) {
    stub(
        solarProof("getcustomerByemail")
            .withQueryParam("customer_email", equalTo(email))
            .willReturn(
                okJson(ofThisLead(fixture("solarproof/customer.json")).replace("79459", id))));
    stubUpdate(id);
  }

  private static void stubUpdate(String id) {
    stub(
        solarProof("updatecustomer")
            .withRequestBody(containing(id))
            .willReturn(
                okJson(
                    "{\"Message\":\"Customer updated successfully!\",\"CustomerId\":\"%s\"}"
                        .formatted(id))));
  }

  private void solarProofOutcomes(String action, ResponseDefinitionBuilder response) {
    stub(solarProof(action).withRequestBody(containing(email)).willReturn(response));
  }

  private static void linkToEnerflo(String lead, String id) {
    stub(
        WireMock.post(WireMock.urlPathEqualTo(VendorStubs.ADD_LEAD))
            .withRequestBody(containing("\"" + lead + "\""))
            .willReturn(okJson(fixture("enerflo/lead-add-response.json").replace("55555", id))));
  }

  private static JsonNode awaitDelivery(String event) {
    return HistoryClient.awaitDelivery(event, "solarproof");
  }

  private LoggedRequest call(String action) {
    return assertThat(solarProofCalls(action, lead)).singleElement().actual();
  }

  private JsonNode body(String action) {
    return json(call(action).getBodyAsString());
  }

  private static void assertDelivered(JsonNode delivery) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
  }

  private static String number() {
    return "" + ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999);
  }

  private static JsonNode json(String text) {
    return EventJson.parse(text.getBytes());
  }
}
