package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.AUDIT;
import static org.solarrelay.VendorStubs.audits;
import static org.solarrelay.VendorStubs.leadsSentToEnerflo;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;
import static org.solarrelay.event.EventType.APPOINTMENT_REQUESTED;
import static org.solarrelay.event.EventType.LEAD_CHANGED;
import static org.solarrelay.event.EventType.LEAD_QUALIFIED;
import static org.solarrelay.event.EventType.LEAD_STATUS_CHANGED;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.EventJson;

/** Stage 1 of Enerflo's guide: leads, deals and appointments, from their topic to Enerflo's API. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class LeadsAtEnerfloTest {

  private final String lead = UUID.randomUUID().toString().substring(0, 13);
  private final String email = lead + "@example.com";
  private final String enerfloId = "" + ThreadLocalRandom.current().nextInt(100_000, 999_999_999);

  @BeforeEach
  void stubSuccess() {
    VendorStubs.reset();
    stubAddLead(okJson(ofThisLead(fixture("enerflo/lead-add-response.json"))));
  }

  @Test
  void theLeadOfTheVendorsPageCausesTheRequestOfThePage() {
    var sent = Producers.send("solar.leads", lead, ofThisLead(fixture("enerflo/lead-event.json")));

    JsonNode delivery =
        awaitDelivery(sent.topic() + "-" + sent.partition() + "-" + sent.offset(), "enerflo");
    assertDelivered(delivery);
    assertThat(delivery.path("vendorId").asText()).isEqualTo(enerfloId);
    assertThat(addedLead()).isEqualTo(json(ofThisLead(fixture("enerflo/lead-add-request.json"))));
    LoggedRequest call = leadsSentToEnerflo(lead).get(0);
    assertThat(call.getHeader("api-key")).isEqualTo("enerflo-test-key");
    assertThat(call.getUrl()).isEqualTo(ADD_LEAD);
  }

  @Test
  void aChangedLeadIsEditedByScheduleAudit() {
    String event =
        Producers.event(
            "crm",
            LEAD_CHANGED,
            lead,
            """
            {"fullName":"Ferris Bueller","email":"%s","mobile":"+1 801-555-4444",
             "owner":"rep@example.com","creator":"desk@example.com","note":"Moved",
             "address":{"street":"2214 N Honeydew Dr","unit":"Apt 5","city":"Saratoga Springs",
               "state":"UT","zip":"84045","county":"Utah"},"smsOptIn":false}"""
                .formatted(email));

    assertDelivered(awaitDelivery(event, "enerflo"));
    assertThat(audits(lead))
        .containsExactly(
            Map.ofEntries(
                Map.entry("creator", "desk@example.com"),
                Map.entry("assign_to_email", "rep@example.com"),
                Map.entry("integration_record_id", lead),
                Map.entry("add_note", "Moved"),
                Map.entry("first_name", "Ferris"),
                Map.entry("last_name", "Bueller"),
                Map.entry("email", email),
                Map.entry("mobile", "8015554444"),
                Map.entry("address", "2214 N Honeydew Dr"),
                Map.entry("unit", "Apt 5"),
                Map.entry("city", "Saratoga Springs"),
                Map.entry("state", "UT"),
                Map.entry("zip", "84045"),
                Map.entry("county", "Utah"),
                Map.entry("execute_new_customer", "0"),
                Map.entry("sms_opt_in", "false")));
    assertThat(leadsSentToEnerflo(lead)).isEmpty();
  }

  @Test
  void aChangeOfAnUnknownLeadIsDeadWithEnerflosMessage() {
    stubAudit("{\"success\":false,\"message\":\"No customer found\"}");

    String event = Producers.event("crm", LEAD_CHANGED, lead, "{\"lastName\":\"Bueller\"}");

    assertDead(
        awaitDelivery(event, "enerflo"), "Enerflo rejected the schedule audit: No customer found");
  }

  @Test
  void aQualifiedLeadIsAddedWithItsDealAndALaterDealGoesByScheduleAudit() {
    String first = Producers.event("shop", LEAD_QUALIFIED, lead, qualified(5569));
    assertDelivered(awaitDelivery(first, "enerflo"));
    assertDelivered(awaitDelivery(first, "crm"));

    String second = Producers.event("shop", LEAD_QUALIFIED, lead, qualified(5686));
    assertDelivered(awaitDelivery(second, "enerflo"));

    assertThat(addedLead())
        .isEqualTo(
            json(
                """
                {"lead":{"integration_record_id":"shop:%s","full_name":"Ferris Bueller",
                 "fullAddress":"2214 N Honeydew Dr, Saratoga Springs, UT 84045","email":"%s",
                 "creator":"relay@example.com","createDeal":5569}}"""
                    .formatted(lead, email)));
    assertThat(audits("shop:" + lead))
        .singleElement()
        .satisfies(audit -> assertThat(audit).containsEntry("createDeal", "5686"));
  }

  @Test
  void aQualifiedLeadWithARejectedDealIsDeadAtEnerfloAndDeliveredToTheCrm() {
    stubAddLead(okJson("{\"result\":\"error\",\"data\":{\"msg\":\"No such deal type\"}}"));

    String event = Producers.event("shop", LEAD_QUALIFIED, lead, qualified(1));

    assertDead(awaitDelivery(event, "enerflo"), "Enerflo rejected the lead: No such deal type");
    assertDelivered(awaitDelivery(event, "crm"));
  }

  @Test
  void aSignedLeadUpdatesItsStatusAndGetsTheConfiguredDealOnce() {
    assertDelivered(awaitDelivery(status("Signed"), "enerflo"));
    assertDelivered(awaitDelivery(status("Signed"), "enerflo"));

    assertThat(leadsSentToEnerflo(lead)).hasSize(2);
    assertThat(json(leadsSentToEnerflo(lead).get(0).getBodyAsString()))
        .isEqualTo(
            json(
                """
                {"lead":{"integration_record_id":"%s","email":"%s","creator":"relay@example.com",
                 "lead_status":"Signed","ignore_validation":1}}"""
                    .formatted(lead, email)));
    assertThat(audits(lead))
        .containsExactly(
            Map.of(
                "creator", "relay@example.com",
                "integration_record_id", lead,
                "createDeal", "101",
                "execute_new_customer", "0",
                "ignore_validation", "1"));
  }

  @Test
  void aRejectedDealOfASignedLeadIsDeadAlthoughTheStatusIsUpdated() {
    stubAudit("{\"result\":\"error\",\"data\":{\"msg\":\"No such deal type\"}}");

    assertDead(
        awaitDelivery(status("Signed"), "enerflo"),
        "Enerflo rejected the deal of a signed lead, after it accepted the status: No such deal type");
  }

  @Test
  void anUnknownStatusIsSentUnchanged() {
    assertDelivered(awaitDelivery(status("Waiting for the roofer"), "enerflo"));

    assertThat(addedLead().at("/lead/lead_status").asText()).isEqualTo("Waiting for the roofer");
    assertThat(audits(lead)).isEmpty();
  }

  @Test
  void aStatusThatEnerfloRejectsIsDeadWithItsResponse() {
    stubAddLead(aResponse().withStatus(422).withBody("{\"message\":\"status is required\"}"));

    JsonNode delivery = awaitDelivery(status("Needs Contact"), "enerflo");

    assertDead(delivery, "422");
    assertThat(delivery.path("answer").asText()).contains("status is required");
  }

  @Test
  void anAppointmentIsAddedWithItsLead() {
    String event =
        Producers.event(
            "shop",
            APPOINTMENT_REQUESTED,
            lead,
            """
            {"email":"%s","appointment":{"type":12,"name":"Solar Consultation",
             "startsAt":"2020-03-12T14:59:14-07:00","minutes":60,"assignee":"rep@example.com"}}"""
                .formatted(email));

    assertDelivered(awaitDelivery(event, "enerflo"));
    assertDelivered(awaitDelivery(event, "crm"));
    assertThat(addedLead())
        .isEqualTo(
            json(
                """
                {"lead":{"integration_record_id":"shop:%s","email":"%s",
                 "creator":"relay@example.com","ignore_validation":1},
                 "appointment":{"apt_type_id":12,"date_time":"1584050354","date_format":"U",
                  "assigned_user":"rep@example.com","name":"Solar Consultation","minutes":60}}"""
                    .formatted(lead, email)));
  }

  @Test
  void anAppointmentWithoutATimeGoesByScheduleAuditWithoutFollowingTheRedirect() {
    stub(
        post(urlPathEqualTo(AUDIT))
            .withQueryParam("integration_record_id", equalTo(lead))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/appointments/new")));

    String event =
        Producers.event("crm", APPOINTMENT_REQUESTED, lead, "{\"appointment\":{\"type\":12}}");

    assertDelivered(awaitDelivery(event, "enerflo"));
    assertThat(audits(lead))
        .singleElement()
        .satisfies(audit -> assertThat(audit).containsEntry("calendar_id", "12"));
    assertThat(VendorStubs.sent("/appointments/new", "")).isEmpty();
  }

  @Test
  void anAppointmentThatEnerfloRejectsIsDeadWithItsMessage() {
    stubAddLead(okJson("{\"result\":\"error\",\"data\":{\"msg\":\"No such template\"}}"));

    String event =
        Producers.event(
            "crm",
            APPOINTMENT_REQUESTED,
            lead,
            "{\"appointment\":{\"type\":99,\"startsAt\":\"2026-03-12T14:00:00Z\"}}");

    assertDead(awaitDelivery(event, "enerflo"), "Enerflo rejected the lead: No such template");
  }

  private String qualified(int dealType) {
    return """
        {"fullName":"Ferris Bueller","email":"%s","dealType":%d,
         "address":{"full":"2214 N Honeydew Dr, Saratoga Springs, UT 84045"}}"""
        .formatted(email, dealType);
  }

  private String status(String status) {
    return Producers.event(
        "crm",
        LEAD_STATUS_CHANGED,
        lead,
        "{\"email\":\"%s\",\"status\":\"%s\"}".formatted(email, status));
  }

  /** An example of the vendor's page, with the ids of this test's lead. */
  private String ofThisLead(String text) {
    return text.replace("yj3Shbi2", lead)
        .replace("custy@enerflo.io", email)
        .replace("55555", enerfloId);
  }

  private void stubAddLead(ResponseDefinitionBuilder answer) {
    stub(post(urlPathEqualTo(ADD_LEAD)).withRequestBody(containing(lead)).willReturn(answer));
  }

  private void stubAudit(String answer) {
    stub(
        post(urlPathEqualTo(AUDIT))
            .withQueryParam("integration_record_id", equalTo(lead))
            .willReturn(okJson(answer)));
  }

  private JsonNode addedLead() {
    List<LoggedRequest> calls = leadsSentToEnerflo(lead);
    assertThat(calls).hasSize(1);
    return json(calls.get(0).getBodyAsString());
  }

  private static void assertDelivered(JsonNode delivery) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
  }

  private static void assertDead(JsonNode delivery, String reason) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("dead");
    assertThat(delivery.path("reason").asText()).contains(reason);
  }

  private static JsonNode json(String text) {
    return EventJson.parse(text.getBytes());
  }
}
