package org.solarrelay.vendor.crm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.solarrelay.delivery.http.VendorBench.event;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.delivery.http.VendorFailureContract;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventType;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;

class DeliverCrmRouteTest implements VendorFailureContract {

  private static final String SECRET = "solar+relay&test%secret=01";
  private static final String KEY =
      "whsec_" + Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
  private static final String CALLBACK = "/hooks/solar?tenant=a%2Bb%26c&timeout=7";

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench = start(KEY);
  }

  private static VendorBench start(String secret) {
    return VendorBench.start(
        "crm",
        Map.of(
            "crmMapper", new CrmMapper(),
            "enerfloEnrichment", new EnerfloEnrichment(Optional.empty(), Optional.empty()),
            "crmSignature", new CrmSignature(Clock.systemUTC()),
            "crmOutcomes", new CrmOutcomes()),
        Map.of(
            "relay.destinations.crm.url",
            "VENDOR" + CALLBACK,
            "relay.destinations.crm.api-key",
            secret));
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
    return bench.deliver(event("lead.submitted", "{\"lastName\":\"Müller ☀\"}"), headers);
  }

  @Override
  public String key() {
    return KEY;
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfEventIsPostedToTheWholeUrlAsACloudEvent(EventType type) {
    respondWith(204);

    Exchange exchange = bench.deliver(event("crm", type.id(), "4711", "{\"a\":\"b\"}"));

    assertThat(exchange.getMessage().getBody()).isEqualTo(Outcome.delivered());
    String expected =
        """
        {"specversion": "1.0", "id": "event-1", "source": "crm", "type": "%s", "subject": "4711",
         "time": "2026-03-01T12:00:00Z", "datacontenttype": "application/json",
         "data": {"a": "b"}}
        """
            .formatted(type.id());
    bench
        .vendor()
        .verify(postRequestedFor(urlEqualTo(CALLBACK)).withRequestBody(equalToJson(expected)));
  }

  @Test
  void theSignatureMatchesTheBytesSent() throws GeneralSecurityException {
    respondWith(200);

    deliver(Map.of());

    LoggedRequest request = onlyRequest();
    String timestamp = request.getHeader("webhook-timestamp");
    assertThat(Long.parseLong(timestamp)).isCloseTo(Instant.now().getEpochSecond(), within(60L));
    assertThat(request.getHeader("webhook-id")).isEqualTo("event-1");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update(("event-1." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(request.getHeader("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.getBody())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"täst-日本-1", "a b", "line\r\nbreak", "tab\t", "☀", " "})
  void anIdThatAHeaderCannotCarryIsReplacedByItsHash(String id) throws Exception {
    respondWith(200);
    Event event = event("lead.submitted", "{}");

    bench.deliver(withId(event, id));
    String sent = onlyRequest().getHeader("webhook-id");
    assertThat(sent).matches("sha256-[0-9a-f]{64}");
    new Webhook(KEY).verify(onlyRequest().getBodyAsString(), headers(onlyRequest()));
    assertThat(EventJson.parse(onlyRequest().getBody()).path("id").asText()).isEqualTo(id);

    bench.vendor().resetRequests();
    bench.deliver(withId(event, id));
    assertThat(onlyRequest().getHeader("webhook-id")).as("the next attempt").isEqualTo(sent);
    bench.vendor().resetRequests();
    bench.deliver(withId(event, id + "2"));
    assertThat(onlyRequest().getHeader("webhook-id")).as("another event").isNotEqualTo(sent);
  }

  @Test
  void aLongIdIsReplacedByItsHash() throws Exception {
    respondWith(200);
    bench.deliver(withId(event("lead.submitted", "{}"), "x".repeat(9000)));
    assertThat(onlyRequest().getHeader("webhook-id")).startsWith("sha256-");
    new Webhook(KEY).verify(onlyRequest().getBodyAsString(), headers(onlyRequest()));
  }

  private static Event withId(Event event, String id) {
    return Event.builder()
        .id(id)
        .source(event.source())
        .type(event.type())
        .subject(event.subject())
        .time(event.time())
        .data(event.data())
        .build();
  }

  private static HttpHeaders headers(LoggedRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getAllHeaderKeys()
        .forEach(
            name -> headers.put(name.toLowerCase(Locale.ROOT), List.of(request.getHeader(name))));
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  @Test
  void onlyListedHeadersLeave() {
    respondWith(200);

    Exchange exchange =
        deliver(Map.of("Authorization", "Bearer inbound", "webhook-signature", "v1,inbound"));

    assertThat(onlyRequest().getAllHeaderKeys())
        .map(String::toLowerCase)
        .containsExactlyInAnyOrder(
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "content-type",
            "host",
            "content-length",
            "user-agent");
    assertThat(onlyRequest().getHeader("content-type")).isEqualTo("application/cloudevents+json");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void aFailureDoesNotHoldTheQueryOfTheCallback() {
    respondWith(500);

    assertThat(deliver(Map.of()).getException())
        .hasMessageContaining("/hooks/solar")
        .hasMessageNotContaining("tenant");
  }

  @Test
  void aSecretInAnotherFormIsARejectedCredential() {
    try (VendorBench misconfigured = start("whsec_###")) {
      assertThat(misconfigured.deliver(event("lead.changed", "{}")).getException())
          .isInstanceOf(CredentialsRejectedException.class)
          .hasMessageNotContaining("###");
    }
  }

  private static LoggedRequest onlyRequest() {
    List<LoggedRequest> requests = bench.vendor().findAll(postRequestedFor(urlEqualTo(CALLBACK)));
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  private static void respondWith(int status) {
    bench
        .vendor()
        .stubFor(
            post(urlEqualTo(CALLBACK)).willReturn(aResponse().withStatus(status).withBody("ok")));
  }
}
