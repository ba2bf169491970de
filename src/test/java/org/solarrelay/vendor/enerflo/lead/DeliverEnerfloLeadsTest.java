package org.solarrelay.vendor.enerflo.lead;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.vendor.enerflo.EnerfloBeans;

class DeliverEnerfloLeadsTest {

  private static final String ADD_LEAD = "/api/v1/partner/action/lead/add";
  private static final String AUDIT = "/api/v1/partner/action/schedule/audit";
  private static final String KNOWN = "\"ids\":{\"enerflo.integration-record-id\":\"legacy 7\"}";

  private static final EnerfloBeans.Budget BUDGET = new EnerfloBeans.Budget();

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "enerflo",
            EnerfloBeans.with(BUDGET, Optional.of("relay@example.com"), OptionalInt.of(101)),
            EnerfloBeans.PROPERTIES);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vendor().resetAll();
    BUDGET.setEmpty(false);
    respond(ADD_LEAD, okJson(fixture("enerflo/lead-add-response.json")));
    respond(AUDIT, okJson(fixture("enerflo/lead-add-response.json")));
  }

  @Test
  void aChangedLeadIsEditedWithEveryParameterThatTheEventHas() {
    Exchange exchange =
        bench.deliver(
            event(
                "lead.changed",
                """
                {"firstName":"Zoë & Co","lastName":"O'Neil+","email":"zoe+x@example.com",
                 "mobile":"(801) 555-4444","creator":"desk@example.com","owner":"rep@example.com",
                 "note":"50% = half?","smsOptIn":true,"skipValidation":true,"dealType":7,
                 "address":{"street":"2214 N Honeydew Dr","unit":"Apt 5","city":"Saratoga Springs",
                   "state":"UT","zip":"84045-1234","county":"Utah","lat":26.7419141,
                   "lng":-80.2114397}}"""));

    assertThat(audit())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("creator", "desk@example.com"),
                Map.entry("assign_to_email", "rep@example.com"),
                Map.entry("integration_record_id", "4711"),
                Map.entry("add_note", "50% = half?"),
                Map.entry("first_name", "Zoë & Co"),
                Map.entry("last_name", "O'Neil+"),
                Map.entry("email", "zoe+x@example.com"),
                Map.entry("mobile", "8015554444"),
                Map.entry("lat", "26.7419141"),
                Map.entry("lng", "-80.2114397"),
                Map.entry("address", "2214 N Honeydew Dr"),
                Map.entry("unit", "Apt 5"),
                Map.entry("city", "Saratoga Springs"),
                Map.entry("state", "UT"),
                Map.entry("zip", "84045"),
                Map.entry("county", "Utah"),
                Map.entry("execute_new_customer", "0"),
                Map.entry("ignore_validation", "1"),
                Map.entry("sms_opt_in", "true")));
    Outcome.Delivered outcome = exchange.getMessage().getBody(Outcome.Delivered.class);
    assertThat(outcome.vendorId()).isEqualTo("55555");
    assertThat(outcome.learnedIds()).extracting("name").contains("enerflo.customer");
  }

  @Test
  void theKeyIsInTheHeaderAndNeverInTheQuery() {
    bench.deliver(event("lead.changed", "{\"email\":\"a@example.com\"}"));

    LoggedRequest request = bench.vendor().findAll(postRequestedFor(urlPathEqualTo(AUDIT))).get(0);
    assertThat(request.getHeader("api-key")).isEqualTo(EnerfloBeans.KEY);
    assertThat(request.getUrl()).doesNotContain("api_key").doesNotContain("k%2Be");
    assertThat(request.getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder("api-key", "accept", "host", "user-agent", "content-length");
  }

  @Test
  void missingFieldsAreLeftOut() {
    bench.deliver(event("lead.changed", "{\"fullName\":\"Ada B. Example\"}"));

    assertThat(audit())
        .isEqualTo(
            Map.of(
                "creator", "relay@example.com",
                "integration_record_id", "4711",
                "first_name", "Ada B.",
                "last_name", "Example",
                "execute_new_customer", "0",
                "ignore_validation", "1"));
  }

  @Test
  void aQualifiedLeadThatEnerfloHasGetsADealUnderItsKeyThere() {
    bench.deliver(event("lead.qualified", "{%s,\"dealType\":\"5569\"}".formatted(KNOWN)));

    assertThat(audit())
        .containsEntry("createDeal", "5569")
        .containsEntry("integration_record_id", "legacy 7");
    bench.vendor().verify(0, postRequestedFor(urlEqualTo(ADD_LEAD)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dealType\":7}",
        "{KNOWN,\"dealType\":7,\"surveyFiles\":[{\"name\":\"a\",\"type\":\"b\",\"data\":\"aGk=\"}]}"
      })
  void aQualifiedLeadThatIsNewOrHasFilesIsAddedWithItsDeal(String data) {
    bench.deliver(event("lead.qualified", data.replace("KNOWN", KNOWN)));

    assertThat(added().path("createDeal").asInt()).isEqualTo(7);
    bench.vendor().verify(0, postRequestedFor(urlPathEqualTo(AUDIT)));
  }

  @Test
  void aSignedLeadGetsItsStatusAndItsDeal() {
    Exchange exchange = bench.deliver(event("lead.status-changed", "{\"status\":\"signed\"}"));

    assertThat(added().path("lead_status").asText()).isEqualTo("signed");
    assertThat(added().has("createDeal")).isFalse();
    assertThat(audit())
        .isEqualTo(
            Map.of(
                "creator", "relay@example.com",
                "integration_record_id", "4711",
                "createDeal", "101",
                "execute_new_customer", "0",
                "ignore_validation", "1"));
    assertThat(exchange.getMessage().getBody(Outcome.Delivered.class).learnedIds())
        .extracting("name", "id")
        .contains(tuple("enerflo.signed-deal", "4711"), tuple("enerflo.customer", "55555"));
    assertThat(BUDGET.spent()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"Needs Contact\"}",
        "{\"status\":\"Signed\",\"ids\":{\"enerflo.signed-deal\":\"4711\"}}"
      })
  void aLeadThatIsNotSignedOrHasADealGetsNoDeal(String data) {
    assertThat(bench.deliver(event("lead.status-changed", data)).getException()).isNull();

    bench.vendor().verify(0, postRequestedFor(urlPathEqualTo(AUDIT)));
    assertThat(BUDGET.spent()).isZero();
  }

  @Test
  void theReasonOfARejectedDealSaysThatTheStatusWasAccepted() {
    respond(AUDIT, okJson("{\"result\":\"error\",\"data\":{\"msg\":\"No deal type\"}}"));

    assertThat(
            bench.deliver(event("lead.status-changed", "{\"status\":\"Signed\"}")).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("after it accepted the status")
        .hasMessageContaining("No deal type");
  }

  @Test
  void anAppointmentWithATimeIsAddedWithTheLead() {
    bench.deliver(
        event(
            "appointment.requested",
            "{\"appointment\":{\"type\":12,\"startsAt\":\"2026-03-12T08:30:00-07:00\"}}"));

    assertThat(request().at("/appointment/date_time").asText()).isEqualTo("1773329400");
    bench.vendor().verify(0, postRequestedFor(urlPathEqualTo(AUDIT)));
  }

  @Test
  void anAppointmentWithoutATimeStartsSchedulingAndARedirectIsSuccess() {
    respond(
        AUDIT,
        aResponse().withStatus(302).withHeader("Location", bench.vendor().baseUrl() + "/ui"));

    Exchange exchange =
        bench.deliver(event("appointment.requested", "{\"appointment\":{\"type\":\"12\"}}"));

    assertThat(exchange.getMessage().getBody()).isInstanceOf(Outcome.Delivered.class);
    assertThat(audit()).containsEntry("calendar_id", "12");
    bench.vendor().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void anUnexpectedRedirectIsAFailure() {
    respond(AUDIT, aResponse().withStatus(302).withHeader("Location", "/login"));

    assertThat(bench.deliver(event("lead.changed", "{}")).getException())
        .hasMessageContaining("302");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lead.submitted",
        "lead.changed",
        "lead.status-changed",
        "lead.qualified",
        "appointment.requested"
      })
  void aLeadCreatedInEnerfloIsNotAddedAgain(String type) {
    Exchange exchange =
        bench.deliver(event(type, "{\"ids\":{\"enerflo.keyless-customer\":\"55555\"}}"));

    assertThat(exchange.getMessage().getBody(Outcome.Skipped.class).reason())
        .contains("created in Enerflo");
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void theKnownKeyIsUsedInEveryRequest() {
    bench.deliver(
        event(
            "solarproof",
            "lead.status-changed",
            "12345",
            "{\"status\":\"x\",\"ids\":{\"enerflo.customer\":\"55555\",\"enerflo.integration-record-id\":\"web:r1\"}}"));

    assertThat(added().path("integration_record_id").asText()).isEqualTo("web:r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lead.changed", "lead.qualified"})
  void withoutACreatorAddLeadReplacesTheAudit(String type) {
    String data =
        "{\"email\":\"a@example.com\",\"dealType\":5,\"ids\":{\"enerflo.integration-record-id\":\"4711\"}}";
    try (VendorBench bare =
        VendorBench.start("enerflo", EnerfloBeans.plain(), EnerfloBeans.PROPERTIES)) {
      bare.vendor()
          .stubFor(
              post(urlEqualTo(ADD_LEAD))
                  .willReturn(okJson("{\"result\":\"success\",\"data\":{\"lead\":{\"id\":1}}}")));

      assertThat(bare.deliver(event(type, data)).getMessage().getBody())
          .isInstanceOf(Outcome.Delivered.class);
      bare.vendor().verify(1, postRequestedFor(urlEqualTo(ADD_LEAD)));
      bare.vendor().verify(1, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void schedulingRequiresACreator() {
    try (VendorBench bare =
        VendorBench.start("enerflo", EnerfloBeans.plain(), EnerfloBeans.PROPERTIES)) {
      assertThat(
              bare.deliver(event("appointment.requested", "{\"appointment\":{\"type\":12}}"))
                  .getException())
          .isInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("ENERFLO_CREATOR");
      bare.vendor().verify(0, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void aFailureAndARejectedKeyAreDifferentExceptions() {
    respond(AUDIT, okJson("{\"success\":false,\"message\":\"No customer found\"}"));
    assertThat(bench.deliver(event("lead.changed", "{}")).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Enerflo rejected the schedule audit: No customer found");

    respond(AUDIT, aResponse().withBody("Access not Permitted"));
    assertThat(bench.deliver(event("lead.changed", "{}")).getException())
        .isInstanceOf(CredentialsRejectedException.class);
  }

  private static Map<String, String> audit() {
    List<LoggedRequest> requests = bench.vendor().findAll(postRequestedFor(urlPathEqualTo(AUDIT)));
    assertThat(requests).hasSize(1);
    Map<String, String> query = new TreeMap<>();
    for (QueryParameter parameter : requests.get(0).getQueryParams().values()) {
      query.put(parameter.key(), parameter.firstValue());
    }
    return query;
  }

  private static JsonNode added() {
    return request().path("lead");
  }

  private static JsonNode request() {
    List<LoggedRequest> requests = bench.vendor().findAll(postRequestedFor(urlEqualTo(ADD_LEAD)));
    assertThat(requests).hasSize(1);
    try {
      return new ObjectMapper().readTree(requests.get(0).getBody());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void respond(String path, ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(post(urlPathEqualTo(path)).willReturn(response));
  }
}
