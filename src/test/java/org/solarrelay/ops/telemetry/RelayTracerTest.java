package org.solarrelay.ops.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.TopicRecordReader;
import org.solarrelay.VendorStubs;

/** One trace from the webhook to each call of a vendor, over Kafka and the queue. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RelayTracerTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final String email = UUID.randomUUID() + "@example.com";

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void oneTraceSpansFromTheWebhookToEachVendorCall() {
    String receipt = Senders.leads("{\"email\":\"%s\"}".formatted(email));
    HistoryClient.awaitDelivery(receipt, "enerflo");
    HistoryClient.awaitDelivery(receipt, "crm");

    SpanData webhook = only(spans("webhook", "relay.receipt", receipt));
    SpanData translate = only(children(webhook, "translate"));
    SpanData fanOut = only(children(translate, "fan-out"));
    SpanData enerflo = only(children(fanOut, "deliver enerflo"));
    SpanData crm = only(children(fanOut, "deliver crm"));
    assertThat(only(children(enerflo, "call localhost")).getParentSpanId())
        .isEqualTo(enerflo.getSpanId());
    assertThat(children(crm, "call localhost")).hasSize(1);
    assertThat(enerflo.getTraceId()).isEqualTo(webhook.getTraceId());
    assertThat(attribute(enerflo, "relay.state")).isEqualTo("delivered");
    assertThat(enerflo.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
  }

  @Test
  void aRetryBelongsToTheTraceOfItsWebhook() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .withRequestBody(containing(email))
            .inScenario(email)
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("up")
            .willReturn(aResponse().withStatus(503)));
    String receipt = Senders.leads("{\"email\":\"%s\"}".formatted(email));
    HistoryClient.awaitDelivery(receipt, "enerflo");

    SpanData webhook = only(spans("webhook", "relay.receipt", receipt));
    await().until(() -> inTrace(webhook.getTraceId(), "deliver enerflo").size() == 2);
    List<SpanData> attempts = inTrace(webhook.getTraceId(), "deliver enerflo");
    assertThat(attempts)
        .extracting(span -> attribute(span, "relay.state"))
        .containsExactly("pending", "delivered");
    assertThat(attempts.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attempts.get(0).getParentSpanId()).isEqualTo(attempts.get(1).getParentSpanId());
  }

  @Test
  void aProducersTraceIsContinued() {
    var sent =
        Producers.send(
            "solar.leads",
            email,
            "{\"email\":\"%s\"}".formatted(email),
            Map.of("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(TRACE)));
    HistoryClient.awaitDelivery(
        sent.topic() + "-" + sent.partition() + "-" + sent.offset(), "enerflo");

    assertThat(inTrace(TRACE, "fan-out"))
        .extracting(SpanData::getParentSpanId)
        .containsExactly("00f067aa0ba902b7");
    assertThat(inTrace(TRACE, "deliver enerflo")).hasSize(1);
  }

  @Test
  void theTraceOfASenderIsIgnoredAndVendorsReceiveNone() {
    String receipt = Senders.leads("{\"email\":\"%s\"}".formatted(email));
    HistoryClient.awaitDelivery(receipt, "enerflo");

    assertThat(only(spans("webhook", "relay.receipt", receipt)).getParentSpanContext().isValid())
        .isFalse();
    assertThat(VendorStubs.leadsSentToEnerflo(email))
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("traceparent")).isFalse());
    var inbox =
        TopicRecordReader.awaitRecord(
            "solar.inbox", r -> receipt.equals(TopicRecordReader.header(r, "relay_receipt")));
    assertThat(TopicRecordReader.header(inbox, "traceparent"))
        .contains(only(spans("webhook", "relay.receipt", receipt)).getTraceId());
  }

  @Test
  void aTraceHasNoPersonalDataKeysOrUrls() {
    String receipt = Senders.leads("{\"email\":\"%s\",\"lastName\":\"Lovelace\"}".formatted(email));
    HistoryClient.awaitDelivery(receipt, "enerflo");
    HistoryClient.awaitDelivery(receipt, "solarproof");
    String trace = only(spans("webhook", "relay.receipt", receipt)).getTraceId();
    await().until(() -> !inTrace(trace, "deliver solarproof").isEmpty());

    assertThat(finished(trace))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            span ->
                assertThat(
                        span.getName() + span.getAttributes() + span.getStatus() + span.getEvents())
                    .doesNotContain(
                        email, "Lovelace", "test-key", "leads-token", "/api", "?", "@"));
  }

  private static List<SpanData> children(SpanData parent, String name) {
    await().until(() -> !childrenNow(parent, name).isEmpty());
    return childrenNow(parent, name);
  }

  private static List<SpanData> childrenNow(SpanData parent, String name) {
    return inTrace(parent.getTraceId(), name).stream()
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .toList();
  }

  private static List<SpanData> spans(String name, String attribute, String value) {
    return RecordedSpans.SPANS.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .filter(span -> value.equals(attribute(span, attribute)))
        .toList();
  }

  private static List<SpanData> inTrace(String trace, String name) {
    return finished(trace).stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static List<SpanData> finished(String trace) {
    return RecordedSpans.SPANS.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(trace))
        .toList();
  }

  private static String attribute(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  private static SpanData only(List<SpanData> spans) {
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }
}
