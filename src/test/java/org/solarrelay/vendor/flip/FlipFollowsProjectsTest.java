package org.solarrelay.vendor.flip;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.EnrichedEvent;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.vendor.enerflo.project.EnerfloLookupFailure;

/** What projects make of enrollments, and how their enrollment is found. */
class FlipFollowsProjectsTest {

  private static final String ID = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
  private static final String ENROLLMENT = "/v1/enrollments/" + ID;
  private static final String LINKED =
      "'ids':{'enerflo.install':'901','flip.enrollment':'" + ID + "'}";
  private static final String ADA = "'customer':{'email':'ada@example.com'}";

  private VendorBench bench;
  private Exception enerflosFailure;

  @BeforeEach
  void start() throws Exception {
    bench = benchOf(Optional.of("north wind"));
  }

  private VendorBench benchOf(Optional<String> program) throws Exception {
    VendorBench started =
        VendorBench.start(
            "flip",
            FlipBeans.with(program),
            Map.of(
                "relay.destinations.flip.url", "VENDOR",
                "relay.destinations.flip.api-key", "fl_key",
                "relay.flip.program-id", program.orElse("")));
    started
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:enrich-from-enerflo")
                    .setVariable("event", constant("clobbered"))
                    .doTry()
                    .process(FlipFollowsProjectsTest.this::enrich)
                    .doCatch(Exception.class)
                    .bean(
                        new EnerfloLookupFailure(RelaySettings.of(Map.of())),
                        "judge(${exception})");
              }
            });
    return started;
  }

  private int timesEnerfloWasAsked;

  /** Enerflo knows the customer of install 901. */
  private void enrich(Exchange exchange) throws Exception {
    timesEnerfloWasAsked++;
    if (enerflosFailure != null) {
      throw enerflosFailure;
    }
    Event event = exchange.getMessage().getBody(Event.class);
    if (event.data().at("/ids/enerflo.install").asText().equals("901")) {
      var data = event.data().deepCopy();
      data.putObject("customer").put("email", "Ada@example.com");
      exchange
          .getMessage()
          .setBody(
              Event.builder()
                  .id(event.id())
                  .source(event.source())
                  .type(event.type())
                  .subject(event.subject())
                  .time(event.time())
                  .data(data)
                  .build());
    }
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "submitted | CREATED      | PENDING",
        "submitted | SUBMITTED    | PENDING",
        "submitted | UNENROLLED   | PENDING",
        "submitted | PENDING      | -",
        "submitted | ACTIVE       | -",
        "submitted | PAUSED       | -",
        "submitted | NEEDS_ACTION | -",
        "submitted | REJECTED     | -",
        "completed | CREATED      | ACTIVE",
        "completed | SUBMITTED    | ACTIVE",
        "completed | PENDING      | ACTIVE",
        "completed | NEEDS_ACTION | ACTIVE",
        "completed | ACTIVE       | -",
        "completed | PAUSED       | ACTIVE",
        "completed | REJECTED     | -",
        "completed | UNENROLLED   | -",
        "on-hold   | CREATED      | PAUSED",
        "on-hold   | SUBMITTED    | PAUSED",
        "on-hold   | PENDING      | PAUSED",
        "on-hold   | NEEDS_ACTION | PAUSED",
        "on-hold   | ACTIVE       | PAUSED",
        "on-hold   | PAUSED       | -",
        "on-hold   | REJECTED     | -",
        "on-hold   | UNENROLLED   | -",
        "active    | PAUSED       | ACTIVE",
        "active    | ACTIVE       | -",
        "active    | CREATED      | -",
        "active    | SUBMITTED    | -",
        "active    | PENDING      | -",
        "active    | NEEDS_ACTION | -",
        "active    | REJECTED     | -",
        "active    | UNENROLLED   | -",
        "active    | SOMETHING_NEW | -",
        "voided    | ACTIVE       | UNENROLLED",
        "voided    | PAUSED       | UNENROLLED",
        "voided    | PENDING      | UNENROLLED",
        "voided    | UNENROLLED   | -",
        "voided    | REJECTED     | -"
      })
  void theCurrentStatusDecidesWhetherAnEnrollmentIsUpdated(String what, String now, String then) {
    flipHas(now);

    Outcome outcome = outcome(bench.deliverApproved(happened(what)));

    assertThat(patches()).isEqualTo(then == null ? List.of() : List.of(then));
    assertThat(outcome)
        .isInstanceOf(then == null ? Outcome.Skipped.class : Outcome.Delivered.class);
    assertThat(outcome.learnedIds()).extracting("id").containsExactly(ID);
  }

  @Test
  void aPauseSendsAReasonAndStoresTheStateInFlip() {
    flipHas("ACTIVE");
    bench
        .vendor()
        .stubFor(
            patch(urlEqualTo(ENROLLMENT))
                .willReturn(
                    okJson(
                        json(
                            "{'id':'%s','status':'PAUSED','status_reason':'Why','site':{'groups':[{'id':'b'},{'id':'a'}]}}"
                                .formatted(ID)))));

    Outcome.Delivered outcome = (Outcome.Delivered) outcome(bench.deliver(happened("on-hold")));

    bench
        .vendor()
        .verify(
            patchRequestedFor(urlEqualTo(ENROLLMENT))
                .withRequestBody(
                    equalToJson(
                        json(
                            "{'status':'PAUSED','status_reason':'Install 901 put on hold in"
                                + " Enerflo'}"))));
    assertThat(outcome.writtenState())
        .isEqualTo(
            EventJson.parse(
                json("{'status':'PAUSED','statusReason':'Why','groupIds':['a','b']}").getBytes()));
  }

  @Test
  void theReasonWhyAnEnrollmentIsNotResumedNamesItsState() {
    flipHas("PENDING");

    assertThat(((Outcome.Skipped) outcome(bench.deliver(happened("active")))).reason())
        .isEqualTo("Only a paused enrollment is resumed; this one is PENDING");
  }

  @Test
  void aVoidedProjectIsHeldUntilAnOperatorApproves() {
    flipHas("ACTIVE");

    assertThat(outcome(bench.deliver(happened("voided"))))
        .isEqualTo(
            Outcome.held(
                "Setting the enrollment to UNENROLLED needs approval: Install 901 voided in"
                    + " Enerflo"));
    assertThat(patches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'status':'completed'", "'status':'Permit Rejected'"})
  void anEventWithoutAChangeMakesNoCall(String data) {
    Event event = project("project.status-changed", data + ",'ids':{'enerflo.install':'901'}");

    assertThat(outcome(bench.deliver(event))).isInstanceOf(Outcome.Skipped.class);
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void anEnrollmentIsFoundByTheEventsEmailAddress() {
    flipLists(site(ID, "ADA@example.com", "1 Elm St"));
    flipHas("ACTIVE");

    Outcome outcome = outcome(bench.deliver(onHold(ADA)));

    assertThat(outcome.learnedIds())
        .singleElement()
        .isEqualTo(
            new org.solarrelay.identity.ExternalId(
                "flip.enrollment", ID, "look-up by e-mail in Flip"));
    assertThat(patches()).containsExactly("PAUSED");
    bench
        .vendor()
        .verify(
            getRequestedFor(urlPathEqualTo("/v1/enrollments"))
                .withQueryParam("program_id", equalTo("north wind"))
                .withHeader("Authorization", equalTo("Bearer fl_key")));
  }

  @Test
  void aMissingEmailAddressIsReadFromEnerflo() {
    flipLists(site(ID, "ada@example.com", "1 Elm St"));
    flipHas("ACTIVE");

    Exchange exchange = bench.deliver(onHold("'ids':{'enerflo.install':'901'}"));

    assertThat(outcome(exchange)).isInstanceOf(Outcome.Delivered.class);
    assertThat(EnrichedEvent.of(exchange)).map(Event::id).contains("event-1");
  }

  @Test
  void aProjectWithoutAnEnrollmentIsRetriedAndTheListIsRequestedOnce() {
    flipLists(site(ID, "bo@example.com", "1 Elm St"));

    List<CompletableFuture<Exchange>> calls =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> bench.deliver(onHold(ADA))))
            .toList();

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(call.join().getException())
                    .isInstanceOf(NotReadyException.class)
                    .hasMessage("No Flip enrollment is linked to project 4711"));
    bench.vendor().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void aDeliveryStoresNothingOfTheListOfEnrollments() {
    flipLists(site(ID, "bo@example.com", "1 Elm St"));

    assertThat(bench.deliver(onHold(ADA)).getProperty("relay.vendorReply")).isNull();
  }

  @Test
  void withoutAProgramNoListIsRequested() throws Exception {
    bench.close();
    bench = benchOf(Optional.empty());

    assertThat(bench.deliver(onHold(ADA)).getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("FLIP_PROGRAM_ID");
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void anAustralianProjectIsSkippedWithoutACall() {
    Event event = onHold(ADA + ",'address':{'state':'QLD','zip':'4000'}");

    assertThat(outcome(bench.deliver(event)))
        .isEqualTo(
            Outcome.skipped("The project is in Australia: Flip's sites are in the United States"));
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void aFailureOfEnerfloIsNoFailureOfFlip() {
    enerflosFailure =
        new HttpOperationFailedException("http://enerflo", 401, "no", null, Map.of(), "no");

    assertThat(bench.deliver(onHold("'ids':{'enerflo.install':'901'}")).getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("Enerflo");
  }

  @Test
  void anInstallThatDoesNotExistYetIsRetried() {
    enerflosFailure = new NotReadyException("the install is not there yet");

    assertThat(bench.deliver(onHold("'ids':{'enerflo.install':'901'}")).getException())
        .isSameAs(enerflosFailure);
  }

  @Test
  void retriesRequestTheCustomerFromEnerfloOnce() {
    bench
        .vendor()
        .stubFor(get(urlPathEqualTo("/v1/enrollments")).willReturn(okJson("{\"enrollments\":[]}")));
    String install = "{'ids':{'enerflo.install':'901'}}".replace('\'', '"');

    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(bench.deliver(event("crm", "project.submitted", "P-1", install)).getException())
          .isInstanceOf(NotReadyException.class);
    }

    assertThat(timesEnerfloWasAsked).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 503})
  void aRejectedRequestForTheListIsReportedAndRetried(int status) {
    bench
        .vendor()
        .stubFor(get(urlPathEqualTo("/v1/enrollments")).willReturn(aResponse().withStatus(status)));

    assertThat(bench.deliver(onHold(ADA)).getException())
        .isInstanceOfSatisfying(
            HttpOperationFailedException.class,
            refused -> assertThat(refused.getStatusCode()).isEqualTo(status));

    flipLists(site(ID, "ada@example.com", "1 Elm St"));
    flipHas("ACTIVE");
    assertThat(outcome(bench.deliver(onHold(ADA)))).isInstanceOf(Outcome.Delivered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>gateway</html>", "{\"items\":[]}", "[]"})
  void aResponseWithoutAListIsAnIoFailure(String body) {
    bench.vendor().stubFor(get(urlPathEqualTo("/v1/enrollments")).willReturn(okJson(body)));

    assertThat(bench.deliver(onHold(ADA)).getException()).isInstanceOf(IOException.class);
  }

  @Test
  void aListOfThousandsIsReadWithoutItsInvalidEntries() {
    StringBuilder sites = new StringBuilder("null,42,{'id':'x'},{'status':'ACTIVE'},");
    for (int i = 0; i < 20_000; i++) {
      sites.append(
          site("%08d-0000-4000-8000-000000000000".formatted(i), i + "@x.example", "2 Elm"));
      sites.append(',');
    }
    flipLists(sites + site(ID, "ada@example.com", "1 Elm St"));
    flipHas("ACTIVE");

    assertThat(outcome(bench.deliver(onHold(ADA)))).isInstanceOf(Outcome.Delivered.class);
  }

  private static Event happened(String what) {
    return switch (what) {
      case "submitted" -> project("project.submitted", LINKED);
      case "completed" ->
          project(
              "project.milestone-changed",
              LINKED + ",'milestone':{'name':'Permission to Operate'},'completedOn':'2026-04-18'");
      default -> project("project.status-changed", LINKED + ",'status':'" + what + "'");
    };
  }

  private static Event onHold(String data) {
    return project("project.status-changed", "'status':'on-hold'," + data);
  }

  private static Event project(String type, String data) {
    return event("enerflo", type, "4711", json("{" + data + "}"));
  }

  private void flipHas(String status) {
    String enrollment = json("{'id':'%s','status':'%s','site':{}}".formatted(ID, status));
    bench.vendor().stubFor(get(urlEqualTo(ENROLLMENT)).willReturn(okJson(enrollment)));
    bench.vendor().stubFor(patch(urlEqualTo(ENROLLMENT)).willReturn(okJson(enrollment)));
  }

  private void flipLists(String sites) {
    bench
        .vendor()
        .stubFor(
            get(urlPathEqualTo("/v1/enrollments"))
                .willReturn(okJson(json("{'enrollments':[%s]}".formatted(sites)))));
  }

  private static String site(String id, String email, String street) {
    return "{'id':'%s','status':'ACTIVE','site':{'email':'%s','street_address':'%s','zip_code':'88800'}}"
        .formatted(id, email, street);
  }

  /** The statuses in the requests to Flip, in order. */
  private List<String> patches() {
    return bench.vendor().findAll(patchRequestedFor(anyUrl())).stream()
        .map(request -> EventJson.parse(request.getBody()).path("status").asText())
        .toList();
  }

  private static Outcome outcome(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(Outcome.class);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
