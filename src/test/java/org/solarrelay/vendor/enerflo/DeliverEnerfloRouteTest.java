package org.solarrelay.vendor.enerflo;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import java.util.Map;
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
import org.solarrelay.delivery.http.JsonVendorContract;
import org.solarrelay.delivery.http.VendorBench;

class DeliverEnerfloRouteTest implements JsonVendorContract {

  private static final String KEY = EnerfloBeans.KEY;
  private static final String ADD_LEAD = "/api/v1/partner/action/lead/add";

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench = VendorBench.start("enerflo", EnerfloBeans.plain(), EnerfloBeans.PROPERTIES);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vendor().resetAll();
  }

  @Override
  public VendorBench bench() {
    return bench;
  }

  @Override
  public Exchange deliver(Map<String, Object> headers) {
    return bench.deliver(event("lead.submitted", "{\"lastName\":\"Bueller\"}"), headers);
  }

  @Override
  public String key() {
    return KEY;
  }

  @Test
  void aSubmittedLeadIsAddedAndItsIdInEnerfloIsReported() {
    respond(fixture("enerflo/lead-add-response.json"));

    Exchange exchange =
        bench.deliver(
            event("crm", "lead.submitted", "yj3Shbi2", fixture("enerflo/lead-event.json")));

    assertThat(exchange.getMessage().getBody()).isEqualTo(delivered("55555", "yj3Shbi2"));
    bench
        .vendor()
        .verify(
            postRequestedFor(urlEqualTo(ADD_LEAD))
                .withRequestBody(equalToJson(fixture("enerflo/lead-add-request.json"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lead.submitted", "lead.status-changed", "lead.qualified"})
  void everyKindOfLeadEventIsAnUpsert(String type) {
    respond("{\"status\":\"success\",\"customer_id\":12345}");

    Exchange exchange = bench.deliver(event(type, "{\"status\":\"Signed\",\"dealType\":7}"));

    assertThat(exchange.getMessage().getBody()).isEqualTo(delivered("12345", "4711"));
  }

  @Test
  void onlyListedHeadersLeave() {
    respond(fixture("enerflo/lead-add-response.json"));

    deliver(Map.of("Authorization", "Bearer inbound", "Cookie", "a=b", "X-Webhook-Token", "t"));

    assertThat(bench.vendor().getAllServeEvents()).hasSize(1);
    var request = bench.vendor().getAllServeEvents().get(0).getRequest();
    assertThat(request.getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder(
            "api-key", "content-type", "accept", "host", "content-length", "user-agent");
    assertThat(request.getHeader("api-key")).isEqualTo(KEY);
  }

  @Test
  void theKeyIsGoneFromTheMessageAfterTheCall() {
    respond(fixture("enerflo/lead-add-response.json"));

    assertThat(deliver(Map.of()).getMessage().getHeaders()).isEmpty();
  }

  @Test
  void aFailureInA200IsPermanent() {
    respond("{\"result\":\"error\",\"data\":{\"msg\":\"State of joe@example.com is invalid\"}}");

    assertThat(deliver(Map.of()).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Enerflo rejected the lead: State of (e-mail) is invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Access not Permitted", "\"Access not Permitted\""})
  void aRejectedKeyIsRecognised(String body) {
    respond(body);

    assertThat(deliver(Map.of()).getException()).isInstanceOf(CredentialsRejectedException.class);
  }

  @Test
  void anEventThatEnerfloDoesNotReceiveIsSkippedWithoutACall() {
    Exchange exchange = bench.deliver(event("enrollment.changed", "{}"));

    assertThat(exchange.getMessage().getBody())
        .isEqualTo(Outcome.skipped("Enerflo does not receive enrollment.changed"));
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  private static Outcome delivered(String id, String recordId) {
    return Outcome.delivered(id)
        .withId("enerflo.customer", id, "Enerflo's response")
        .withId("enerflo.integration-record-id", recordId, "add lead in Enerflo");
  }

  private static void respond(String body) {
    bench.vendor().stubFor(post(urlEqualTo(ADD_LEAD)).willReturn(okJson(body)));
  }
}
