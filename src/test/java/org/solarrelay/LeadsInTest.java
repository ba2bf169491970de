package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.solarProofCalls;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.EventJson;

/** Webhooks about leads of Enerflo, Solar Proof and others reach all other destinations. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class LeadsInTest {

  private static final String MARISOL = "2860901";
  private static final String THEO = "7c1d9a52-3f44-4d0a-bb1e-52a6d0c8e333";
  private static final String PRIYA = "141901";
  private static final String LACHLAN = "141902";

  private final String id = number();
  private final String uuid = UUID.randomUUID().toString();
  private final String other = number();
  private final String customer = number();

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    stub(
        solarProof("createcustomer")
            .willReturn(
                okJson(
                    "{\"Message\":\"Customer created successfully!\",\"id\":\"%s\"}"
                        .formatted(customer))));
    stub(
        solarProof("updatecustomer")
            .willReturn(
                okJson(
                    "{\"Message\":\"Customer updated successfully!\",\"CustomerId\":\"%s\"}"
                        .formatted(customer))));
  }

  @Test
  void aNewCustomerOfEnerfloIsCreatedAtSolarProofAndNotSentBack() {
    String receipt = Senders.enerflo(enerflo("new_customer"));

    assertDelivered(awaitDelivery(receipt, "solarproof"));
    assertThat(body(solarProofCalls("createcustomer", email("marisol.vance"))))
        .isEqualTo(
            json(
                """
                {"data":{"apikey":"solarproof-test-key","action":"createcustomer",
                 "firstname":"Marisol","surname":"Vance","email":"%s","phone1":"(801) 555-0142",
                 "type":"RESIDENTIAL"}}"""
                    .formatted(email("marisol.vance"))));
    JsonNode callback = callback(receipt);
    assertThat(callback.path("type").asText()).isEqualTo("lead.submitted");
    assertThat(callback.at("/data/address/zip").asText()).isEqualTo("84045");
    assertThat(HistoryClient.history(receipt).path("deliveries"))
        .extracting(delivery -> delivery.path("destination").asText())
        .containsExactlyInAnyOrder("solarproof", "crm");
  }

  @Test
  void ofThreeWebhooksOfOneCustomerOneEventIsDelivered() {
    String created = enerflo("customer.created");
    String empty =
        """
        {"event":"customer.created","payload":{"customer":{"id":"%s","firstName":"Unknown",
         "email":"","phone":null,"address":{}}}}"""
            .formatted(uuid);
    String first = Senders.enerflo(created);
    String second = Senders.enerflo(empty);
    String third = Senders.enerflo(created);

    JsonNode callback = callback(first);
    assertDelivered(awaitDelivery(first, "solarproof"));
    assertThat(callback.at("/data/address/zip").asText()).isEqualTo("02458");
    assertThat(awaitHistory(second).path("reason").asText()).endsWith("an empty duplicate");
    assertThat(awaitHistory(third).path("reason").asText())
        .startsWith("duplicate of event " + callback.path("id").asText());
    assertThat(solarProofCalls("createcustomer", email("theo.okafor"))).hasSize(1);
    assertThat(VendorStubs.sent("/crm", uuid)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "new_customer, update_customer, (801) 555-0143",
    "customer.created, customer.updated.v2, +16175550118"
  })
  void aChangeAtEnerfloUpdatesTheCreatedCustomer(String created, String changed, String phone) {
    assertDelivered(awaitDelivery(Senders.enerflo(enerflo(created)), "solarproof"));

    String receipt = Senders.enerflo(enerflo(changed));

    assertDelivered(awaitDelivery(receipt, "solarproof"));
    JsonNode update = body(solarProofCalls("updatecustomer", customer)).path("data");
    assertThat(update.path("pkcustomerid").asText()).isEqualTo(customer);
    assertThat(update.path("phone1").asText()).isEqualTo(phone);
    JsonNode callback = callback(receipt);
    assertThat(callback.path("type").asText()).isEqualTo("lead.changed");
    assertThat(callback.at("/data/ids/solarproof.customer").asText()).isEqualTo(customer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new_customer", "customer.created"})
  void aCustomerWithoutEmailIsDeadAtSolarProofAndDeliveredToTheCrm(String event) {
    String receipt =
        Senders.enerflo(enerflo(event).replaceAll("\"email\":\"[^\"]*\"", "\"email\":\"\""));

    assertThat(awaitDelivery(receipt, "solarproof").path("reason").asText())
        .isEqualTo("Solar Proof knows customers by e-mail: the lead lacks email");
    assertThat(callback(receipt).at("/data/email").isMissingNode()).isTrue();
  }

  @Test
  void aQualifiedLeadThatTheCrmPostsAsACloudEventGetsItsDealAndIsNotSentBack() {
    String lead = "lead-" + id;
    String receipt =
        Senders.leads(
            ofThisTest(Webhooks.sampleJson("leads", "lead.qualified")).replace("lead-88", lead));

    assertDelivered(awaitDelivery(receipt, "enerflo"));
    assertThat(body(leadsSentToEnerflo(lead)).at("/lead/createDeal").asInt()).isEqualTo(5569);
    assertThat(HistoryClient.history(receipt).path("deliveries")).hasSize(1);
  }

  @Test
  void aPostedLeadWithoutNameAndAddressIsADeadLetter() {
    JsonNode history = awaitHistory(Senders.leads("{\"note\":\"someone called\"}"));

    assertThat(history.path("state").asText()).isEqualTo("dead");
    assertThat(history.path("reason").asText()).contains("a lead needs at least one of name");
  }

  @Test
  void anAustralianCustomerOfSolarProofIsAddedToEnerflo() {
    enerfloOutcomes(id, okJson(fixture("enerflo/lead-add-response.json").replace("55555", other)));

    String receipt = Senders.solarproof("customer_created", solarproof("customer_created"));

    JsonNode delivery = awaitDelivery(receipt, "enerflo");
    assertDelivered(delivery);
    assertThat(delivery.path("vendorId").asText()).isEqualTo(other);
    assertThat(body(leadsSentToEnerflo("solarproof:" + id)))
        .isEqualTo(
            json(
                """
                {"lead":{"integration_record_id":"solarproof:%s","first_name":"Priya",
                 "last_name":"Ramesh","full_name":"Priya Ramesh",
                 "fullAddress":"45 Wattle Drive, Kirwan QLD 4817, Australia","email":"%s",
                 "mobile":"0491570156","creator":"relay@example.com",
                 "assign_to_email":"%s","lead_status":"New Contacts"}}"""
                    .formatted(id, email("priya.ramesh"), email("sam.doyle"))));
    assertThat(callback(receipt).path("subject").asText()).isEqualTo(id);
  }

  @Test
  void ofTwoStatusesInOneWebhookTheRejectedOneIsDeadAndTheOtherDelivered() {
    enerfloOutcomes(
        other, okJson("{\"result\":\"error\",\"data\":{\"msg\":\"Address is required\"}}"));

    String receipt =
        Senders.solarproof("customer_status_change", solarproof("customer_status_change"));

    JsonNode signed = delivery(receipt, id);
    JsonNode mega = delivery(receipt, other);
    assertDelivered(signed);
    assertThat(mega.path("state").asText()).isEqualTo("dead");
    assertThat(mega.path("reason").asText()).contains("Address is required");
    assertThat(leadStatus(id)).isEqualTo("Signed");
    assertThat(leadStatus(other)).isEqualTo("Mega Status");
    assertThat(VendorStubs.audits("solarproof:" + id))
        .singleElement()
        .satisfies(audit -> assertThat(audit).containsEntry("createDeal", "101"));
  }

  /** Enerflo's delivery of the event about this customer, after both deliveries have ended. */
  private static JsonNode delivery(String receipt, String subject) {
    awaitHistory(receipt);
    for (JsonNode event : HistoryClient.history(receipt).path("events")) {
      if (event.path("subject").asText().equals(subject)) {
        return awaitDelivery(event.path("id").asText(), "enerflo");
      }
    }
    throw new AssertionError("no event about " + subject);
  }

  private static String leadStatus(String customer) {
    return body(leadsSentToEnerflo("solarproof:" + customer)).at("/lead/lead_status").asText();
  }

  private void enerfloOutcomes(String customer, ResponseDefinitionBuilder answer) {
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing("solarproof:" + customer))
            .willReturn(answer));
  }

  private String enerflo(String event) {
    return ofThisTest(Webhooks.sampleJson("enerflo", event));
  }

  private String solarproof(String event) {
    return ofThisTest(Webhooks.sampleJson("solarproof", event));
  }

  /** The sample, with people of this test only. */
  private String ofThisTest(JsonNode sample) {
    return sample
        .toString()
        .replace(MARISOL, id)
        .replace(THEO, uuid)
        .replace(PRIYA, id)
        .replace(LACHLAN, other)
        // the sample has the record key of another sample
        .replace("web:7421", "web:" + id)
        .replace("5f1c0a9e-71f7-4a4f-9f0b-4a3b1a3d5555", uuid)
        .replaceAll("([a-z]+\\.[a-z]+)@example", "$1." + id + "@example");
  }

  private String email(String name) {
    return name + "." + id + "@example.com";
  }

  private static JsonNode callback(String receipt) {
    JsonNode delivery = awaitDelivery(receipt, "crm");
    assertDelivered(delivery);
    return json(VendorStubs.callback(delivery.path("eventId").asText()).getBodyAsString());
  }

  private static JsonNode body(List<LoggedRequest> calls) {
    assertThat(calls).hasSize(1);
    return json(calls.get(0).getBodyAsString());
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
