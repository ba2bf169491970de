package org.solarrelay.vendor.flip;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.JsonVendorContract;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;

class DeliverFlipRouteTest implements JsonVendorContract {

  private static final String KEY = "fl_k+e&y%2B=1";
  private static final String ID = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
  private static final String ENROLLMENT = "/v1/enrollments/" + ID;

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "flip",
            FlipBeans.with(Optional.empty()),
            Map.of(
                "relay.destinations.flip.url", "VENDOR", "relay.destinations.flip.api-key", KEY));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vendor().resetAll();
    bench.vendor().stubFor(get(urlEqualTo(ENROLLMENT)).willReturn(flip()));
    bench.vendor().stubFor(patch(urlEqualTo(ENROLLMENT)).willReturn(flip()));
  }

  private static ResponseDefinitionBuilder flip() {
    return okJson(fixture("flip/enrollment.json"));
  }

  @Override
  public VendorBench bench() {
    return bench;
  }

  @Override
  public Exchange deliver(Map<String, Object> headers) {
    return bench.deliver(
        event("crm", "enrollment.changed", ID, "{\"status\":\"PAUSED\"}"), headers);
  }

  @Override
  public String key() {
    return KEY;
  }

  @Test
  void aDifferentStatusIsSetWithAReasonThatNamesTheSource() {
    assertThat(deliver(Map.of()).getMessage().getBody()).isEqualTo(delivered());

    bench
        .vendor()
        .verify(
            patchRequestedFor(urlEqualTo(ENROLLMENT))
                .withRequestBody(
                    equalToJson(
                        "{\"status\":\"PAUSED\",\"status_reason\":\"Set to PAUSED in the CRM\"}")));
  }

  @Test
  void reasonAndGroupsOfTheEventAreSent() {
    change(ID, "{\"status\":\"active\",\"statusReason\":\"Paid up\",\"groupIds\":[]}");

    bench
        .vendor()
        .verify(
            patchRequestedFor(urlEqualTo(ENROLLMENT))
                .withRequestBody(
                    equalToJson(
                        "{\"status\":\"ACTIVE\",\"status_reason\":\"Paid up\",\"group_ids\":[]}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"CREATED\"}",
        "{\"status\":\"CREATED\",\"statusReason\":\"string\"}",
        "{\"status\":\"CREATED\",\"groupIds\":[\"my-group\"]}"
      })
  void anUnchangedEnrollmentIsSkipped(String data) {
    assertThat(change(ID, data).getMessage().getBody())
        .isEqualTo(
            Outcome.skipped("The enrollment is already CREATED")
                .withId("flip.enrollment", ID, "Flip's response"));
    verifyCalls(0, patchRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"CREATED\",\"statusReason\":\"another\"}",
        "{\"status\":\"CREATED\",\"groupIds\":[\"my-group\",\"b\"]}",
        "{\"status\":\"CREATED\",\"groupIds\":[]}"
      })
  void anyDifferenceIsSent(String data) {
    assertThat(change(ID, data).getMessage().getBody()).isEqualTo(delivered());
    verifyCalls(1, patchRequestedFor(urlEqualTo(ENROLLMENT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNENROLLED", "REJECTED"})
  void unenrollingIsHeldUntilAnOperatorApproves(String status) {
    Event event = event("crm", "enrollment.changed", ID, "{\"status\":\"%s\"}".formatted(status));

    assertThat(bench.deliver(event).getMessage().getBody())
        .isEqualTo(
            Outcome.held(
                "Setting the enrollment to %s needs approval: Set to %s in the CRM"
                    .formatted(status, status)));
    verifyCalls(0, patchRequestedFor(anyUrl()));

    assertThat(bench.deliverApproved(event).getMessage().getBody()).isEqualTo(delivered());
    verifyCalls(1, patchRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../groups", "497f6eca", "497f6eca-6276-4993-bfeb-53cbbbba6f08/x", "{{a}}"})
  void anIdThatIsNotAUuidIsNotSent(String id) {
    assertThat(change(id, "{\"status\":\"PAUSED\"}").getException())
        .isInstanceOf(PermanentFailureException.class);
    verifyCalls(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void aBodyThatIsNotAnIdDoesNotBecomeAPath() {
    Event event = event("enrollment.changed", "{}");

    Exchange exchange =
        bench
            .context()
            .createProducerTemplate()
            .send("kamelet:flip-get-enrollment-action", it -> it.getMessage().setBody(event));

    assertThat(exchange.getException()).isInstanceOf(PermanentFailureException.class);
    verifyCalls(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void onlyListedHeadersLeave() {
    Exchange exchange = deliver(Map.of("Cookie", "a=b", "X-Webhook-Token", "t"));

    LoggedRequest read = only(getRequestedFor(anyUrl()));
    assertThat(read.getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder("authorization", "accept", "host", "user-agent");
    LoggedRequest update = only(patchRequestedFor(anyUrl()));
    assertThat(update.getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder(
            "authorization", "accept", "host", "user-agent", "content-type", "content-length");
    assertThat(List.of(read.getHeader("authorization"), update.getHeader("authorization")))
        .containsOnly("Bearer " + KEY);
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    assertThat(exchange.getVariables().toString()).doesNotContain(KEY);
  }

  @Test
  void aFailureInA200IsPermanent() {
    bench
        .vendor()
        .stubFor(
            patch(urlEqualTo(ENROLLMENT))
                .willReturn(
                    aResponse().withBody("{\"code\":\"x\",\"message\":\"no such group\"}")));

    assertThat(deliver(Map.of()).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Flip rejected the request: no such group");
  }

  @Test
  void anEventThatFlipDoesNotReceiveIsSkippedWithoutACall() {
    Exchange exchange = bench.deliver(event("lead.submitted", "{}"));

    assertThat(exchange.getMessage().getBody())
        .isEqualTo(Outcome.skipped("Flip does not receive lead.submitted"));
    verifyCalls(0, anyRequestedFor(anyUrl()));
  }

  /** The outcome for the response in Flip's documentation of an update. */
  private static Outcome delivered() {
    return Outcome.delivered(ID)
        .withId("flip.enrollment", ID, "Flip's response")
        .withState(
            EventData.write(EnrollmentChange.ofSubject("CREATED", "string", List.of("my-group"))));
  }

  private static Exchange change(String subject, String data) {
    return bench.deliver(event("crm", "enrollment.changed", subject, data));
  }

  private static void verifyCalls(int count, RequestPatternBuilder requests) {
    bench.vendor().verify(count, requests);
  }

  private static LoggedRequest only(RequestPatternBuilder pattern) {
    List<LoggedRequest> requests = bench.vendor().findAll(pattern);
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }
}
