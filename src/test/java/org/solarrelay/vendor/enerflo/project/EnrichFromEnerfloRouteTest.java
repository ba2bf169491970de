package org.solarrelay.vendor.enerflo.project;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.EnrichedEvent;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.event.Event;
import org.solarrelay.vendor.enerflo.EnerfloBeans;

class EnrichFromEnerfloRouteTest {

  private static final String DEAL = "5d0c2f6e-0000-4000-8000-000000000901";
  private static final String FIND = "/api/v3/installs/find/" + DEAL;
  private static final String INSTALL = "/api/v3/installs/901";
  private static final String CUSTOMER = "/api/v3/customers/55555";
  private static final String NOTES = "/api/v3/installs/notes";
  private static final String OF_DEAL = "{\"ids\":{\"enerflo.deal\":\"%s\"}}".formatted(DEAL);
  private static final String CONTACT =
      "\"customer\":{\"email\":\"a@example.com\",\"phone\":\"8015550100\"}";

  private static final EnerfloBeans.Budget BUDGET = new EnerfloBeans.Budget();

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "none",
            EnerfloBeans.with(BUDGET, Optional.empty(), OptionalInt.empty()),
            EnerfloBeans.PROPERTIES,
            "enrich-from-enerflo");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vendor().resetAll();
    BUDGET.setEmpty(false);
  }

  @Test
  void aSubmittedProjectGetsItsInstallAndItsCustomersContactDetails() {
    respond(FIND, okJson(fixture("enerflo/install.json")));
    respond(CUSTOMER, okJson(fixture("enerflo/customer.json")));

    JsonNode data =
        enriched(
            event(
                "enerflo",
                "project.submitted",
                DEAL,
                """
                {"ids":{"enerflo.deal":"%s"}, "note": "kept",
                 "customer":{"id":"c-uuid","firstName":"Ferris M."}}"""
                    .formatted(DEAL)));

    assertThat(data.at("/install/status_name").asText()).isEqualTo("Active");
    assertThat(data.path("note").asText()).isEqualTo("kept");
    assertThat(data.path("customer"))
        .isEqualTo(
            json(
                """
                {"id":"c-uuid","firstName":"Ferris M.","fullName":"Ferris Bueller",
                 "lastName":"Bueller","email":"custy@example.com","mobile":"8015554444"}"""));
    assertThat(data.path("address"))
        .isEqualTo(
            json(
                """
                {"street":"2214 N Honeydew Dr","city":"Saratoga Springs","state":"UT",
                 "zip":"84045"}"""));
    assertThat(data.path("ids"))
        .isEqualTo(
            json(
                """
                {"enerflo.deal":"%s","enerflo.install":"901","enerflo.customer":"55555"}"""
                    .formatted(DEAL)));
    assertThat(BUDGET.spent()).isEqualTo(2);
  }

  @Test
  void theKeyIsInTheHeaderAndNoOtherHeaderLeaves() {
    respond(FIND, okJson(fixture("enerflo/install.json")));

    bench.send(
        "enrich-from-enerflo",
        event("enerflo", "project.submitted", DEAL, OF_DEAL),
        Map.of("Authorization", "Bearer inbound"));

    var request = bench.vendor().findAll(getRequestedFor(urlEqualTo(FIND))).get(0);
    assertThat(request.getHeader("api-key")).isEqualTo(EnerfloBeans.KEY);
    assertThat(request.getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder("api-key", "accept", "host", "user-agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"customer\":%s}", "{\"data\":%s}", "%s"})
  void aCustomerIsFoundHoweverItIsWrapped(String wrapping) {
    respond(INSTALL, okJson("{\"id\":901,\"customer_id\":55555}"));
    respond(CUSTOMER, okJson(wrapping.formatted(fixture("enerflo/customer.json"))));

    JsonNode data =
        enriched(event("project.status-changed", "{\"ids\":{\"enerflo.install\":\"901\"}}"));

    assertThat(data.at("/customer/email").asText()).isEqualTo("custy@example.com");
  }

  @Test
  void anInstallWhoseCustomerIsUnknownIsEnough() {
    respond(FIND, okJson(fixture("enerflo/install.json")));
    respond(CUSTOMER, aResponse().withStatus(404));

    JsonNode data = enriched(event("project.submitted", OF_DEAL));

    assertThat(data.path("install").isObject()).isTrue();
    assertThat(data.path("customer"))
        .isEqualTo(json("{\"id\":\"55555\",\"fullName\":\"Ferris Bueller\"}"));
  }

  @Test
  void aMilestoneGetsItsNameAndItsDates() {
    respond(INSTALL, okJson(fixture("enerflo/install.json")));

    JsonNode data =
        enriched(
            event(
                "enerflo",
                "project.milestone-changed",
                "901",
                "{\"ids\":{\"enerflo.install\":\"901\"},%s,\"milestone\":{\"id\":\"76\"}}"
                    .formatted(CONTACT)));

    assertThat(data.path("milestone"))
        .isEqualTo(json("{\"id\":\"76\",\"name\":\"Permit Approved\"}"));
    assertThat(data.path("startedOn").asText()).isEqualTo("2026-03-01");
    assertThat(data.path("dueOn").asText()).isEqualTo("2026-03-20");
    assertThat(data.path("completedOn").asText()).isEqualTo("2026-03-18");
  }

  @Test
  void aNoteIsFoundOnALaterPage() {
    notes(1, "{\"notes\":[{\"note_id\":1,\"id\":901,\"note\":\"other\"}],\"totalPages\":2}");
    notes(2, "{\"notes\":[{\"note_id\":7,\"id\":901,\"note\":\"Roof is done\"}],\"totalPages\":2}");

    JsonNode data = enriched(note());

    assertThat(data.path("note").asText()).isEqualTo("Roof is done");
    assertThat(data.at("/ids/enerflo.install").asText()).isEqualTo("901");
    bench
        .vendor()
        .verify(
            getRequestedFor(urlPathEqualTo(NOTES))
                .withQueryParam("page", equalTo("2"))
                .withQueryParam("pageSize", equalTo("100"))
                .withQueryParam("orderDir", equalTo("asc"))
                .withQueryParam("created_after", equalTo("2026-03-01T06:00:00Z")));
  }

  @Test
  void aNoteThatIsNotListedIsRetried() {
    notes(1, "{\"notes\":[],\"totalPages\":0}");

    assertThat(enrich(justNow(note())).getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("note 7");
    bench.vendor().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void aNoteThatIsNeverListedIsDeliveredWithoutText() {
    notes(1, "{\"notes\":[],\"totalPages\":0}");

    assertThat(enriched(note()).has("note")).isFalse();
  }

  @Test
  void aSearchReadsALimitedNumberOfPages() {
    for (int page = 1; page < 9; page++) {
      notes(page, "{\"notes\":[{\"note_id\":1}],\"totalPages\":9}");
    }

    assertThat(enrich(justNow(note())).getException()).isInstanceOf(NotReadyException.class);
    bench.vendor().verify(BUDGET.spent(), anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"404|{\"message\":\"Not Found\"}", "200|{\"success\":false}", "200|{}"})
  void anInstallThatDoesNotExistYetIsRetried(int status, String body) {
    respond(FIND, aResponse().withStatus(status).withBody(body));

    assertThat(enrich(event("project.submitted", OF_DEAL)).getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessage("The install of deal " + DEAL + " does not exist in Enerflo yet");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aFailureOfEnerfloIsNoFailureOfTheDestination(int status) {
    respond(FIND, aResponse().withStatus(status).withBody("<html>no</html>"));

    assertThat(enrich(event("project.submitted", OF_DEAL)).getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("Enerflo returned " + status);
  }

  @ParameterizedTest
  @CsvSource({"200,Access not Permitted", "200,<html>gateway</html>"})
  void anInvalidResponseIsRetried(int status, String body) {
    respond(FIND, aResponse().withStatus(status).withBody(body));

    assertThat(enrich(event("project.submitted", OF_DEAL)).getException())
        .isInstanceOf(NotReadyException.class);
  }

  @Test
  void aPermanentFailureOfEnerfloIsPermanent() {
    respond(FIND, aResponse().withStatus(422));

    assertThat(enrich(event("project.submitted", OF_DEAL)).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("422");
  }

  @Test
  void anExhaustedRateLimitMakesNoCall() {
    BUDGET.setEmpty(true);

    assertThat(enrich(event("project.submitted", OF_DEAL)).getException())
        .isInstanceOf(NotReadyException.class);
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lead.submitted           | {\"ids\":{\"enerflo.install\":\"901\"}}",
        "project.submitted        | {\"ids\":{\"crm.project\":\"1\"}}",
        "project.submitted        | {\"ids\":{\"enerflo.install\":\"901\"},\"install\":{\"id\":901},C}",
        "project.note-added       | {\"ids\":{\"enerflo.install\":\"901\"},\"note\":\"x\"}",
        "enrollment.changed       | {\"ids\":{\"enerflo.install\":\"901\"}}"
      })
  void aCompleteEventOrOneWithoutAnIdStaysUnchanged(String type, String data) {
    Event event = event(type, data.replace("C}", CONTACT + "}"));

    assertThat(enrich(event).getMessage().getBody()).isEqualTo(event);
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void anIdThatIsAnotherPathIsRejected() {
    String data = "{\"ids\":{\"enerflo.install\":\"../customers\"}}";

    assertThat(enrich(event("project.submitted", data)).getException())
        .isInstanceOf(PermanentFailureException.class);
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void withoutEnerfloEventsStayUnchanged() {
    EnerfloEnrichment off = new EnerfloEnrichment(Optional.of("http://x"), Optional.empty());

    assertThat(off.plan(event("project.submitted", OF_DEAL))).isEqualTo(EnerfloEnrichmentPlan.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enerflo-find-install-action",
        "enerflo-get-install-action",
        "enerflo-get-customer-action"
      })
  void aBodyThatIsNotAnIdDoesNotBecomeAPath(String kamelet) {
    for (Object body : new Object[] {note(), "../customers", "901?x=1", "", null}) {
      Exchange exchange =
          bench
              .context()
              .createProducerTemplate()
              .send("kamelet:" + kamelet, it -> it.getMessage().setBody(body));

      assertThat(exchange.getException()).isInstanceOf(PermanentFailureException.class);
    }
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  private static Event note() {
    return event("enerflo", "project.note-added", "901", "{\"noteId\":\"7\"}");
  }

  private static JsonNode enriched(Event event) {
    Exchange exchange = enrich(event);
    assertThat(exchange.getException()).isNull();
    Event after = exchange.getMessage().getBody(Event.class);
    assertThat(EnrichedEvent.of(exchange)).containsSame(after);
    return after.data();
  }

  private static Event justNow(Event event) {
    return Event.builder()
        .id(event.id())
        .source(event.source())
        .type(event.type())
        .subject(event.subject())
        .time(OffsetDateTime.now())
        .data(event.data())
        .build();
  }

  private static Exchange enrich(Event event) {
    return bench.send("enrich-from-enerflo", event, Map.of());
  }

  private static void notes(int page, String body) {
    bench
        .vendor()
        .stubFor(
            get(urlPathEqualTo(NOTES))
                .withQueryParam("page", equalTo("" + page))
                .willReturn(okJson(body)));
  }

  private static void respond(String path, ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(get(urlEqualTo(path)).willReturn(response));
  }

  private static JsonNode json(String text) {
    return event("x", text).data();
  }
}
