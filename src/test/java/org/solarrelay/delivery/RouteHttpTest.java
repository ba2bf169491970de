package org.solarrelay.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.LogCapture;
import org.solarrelay.RouteFiles;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.ResponseSanitizer;
import org.solarrelay.delivery.http.ScriptedVendor;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.delivery.http.VendorHttp;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.event.Event;
import org.solarrelay.mapping.RouteOutcome;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.ops.telemetry.RelayTracer;

/**
 * What holds for {@code http:} and {@code https:} in the file of an engineer, without a setting.
 */
class RouteHttpTest {

  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration IMPATIENT = Duration.ofMillis(500);
  private static final int LONGEST = 1 << 20;
  private static final Event LEAD =
      VendorBench.event("lead.submitted", "{\"fullName\": \"Ada Brook\"}");
  private static final WireMockServer ACME =
      new WireMockServer(options().dynamicPort().containerThreads(60));
  private static final WireMockServer OTHER = new WireMockServer(options().dynamicPort());

  private static final String CREATE_CONTACT =
      """
      - setHeader: {name: X-Api-Key, expression: {constant: {expression: k-12345}}}
      - setHeader: {name: Content-Type, expression: {constant: {expression: application/json}}}
      - setBody: {expression: {jq: {expression: "{name: .data.fullName} | tojson"}}}
      - to: {uri: "ACME/v2/contacts", parameters: {httpMethod: POST}}
      - bean: {ref: routeOutcome, method: "delivered('.id')"}
      """;

  private static final String GET_CONTACT =
      """
      - to: {uri: "ACME/v2/contact", parameters: {httpMethod: GET}}
      - setBody: {expression: {simple: {expression: "${null}"}}}
      """;

  @TempDir private Path folder;
  private CamelContext camel;

  @BeforeAll
  static void start() {
    ACME.start();
    OTHER.start();
  }

  @AfterAll
  static void stopServers() {
    ACME.stop();
    OTHER.stop();
  }

  @BeforeEach
  void reset() {
    ACME.resetAll();
    OTHER.resetAll();
  }

  @AfterEach
  void stop() {
    if (camel != null) {
      camel.stop();
    }
  }

  @Test
  void a200DeliversTheEventAndTheLedgerKeepsTheResponse() throws Exception {
    acme(CREATE_CONTACT);
    ACME.stubFor(post("/v2/contacts").willReturn(okJson("{\"id\":\"c-1\"}").withStatus(201)));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(verdict.vendorId()).isEqualTo("c-1");
    assertThat(verdict.status()).isEqualTo(201);
    assertThat(verdict.response()).isEqualTo("{\"id\":\"c-1\"}");
    ACME.verify(
        1,
        postRequestedFor(urlEqualTo("/v2/contacts"))
            .withHeader("X-Api-Key", equalTo("k-12345"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("User-Agent", equalTo("SolarRelay"))
            .withRequestBody(equalToJson("{\"name\":\"Ada Brook\"}")));
  }

  @Test
  void theRequestIsKeptWithoutItsKeys() throws Exception {
    acme(
        """
        - setHeader: {name: X-Api-Key, expression: {constant: {expression: k-12345}}}
        - setHeader: {name: Authorization, expression: {constant: {expression: Bearer abc}}}
        - setHeader: {name: Content-Type, expression: {constant: {expression: application/json}}}
        - setBody: {expression: {jq: {expression: "{name: .data.fullName, note: \\"k-12345\\"} | tojson"}}}
        - to: {uri: "ACME/v2/contacts/T0KEN7fhalzu3kd9s8fjs72h", parameters: {httpMethod: POST, kind: lead, token: abc}}
        - bean: {ref: routeOutcome, method: "delivered('.id')"}
        """);
    ACME.stubFor(any(anyUrl()).willReturn(okJson("{\"id\":\"c-1\"}")));

    JsonNode call = calls(deliver()).get(0);

    assertThat(call.path("method").asText()).isEqualTo("POST");
    assertThat(call.path("url").asText())
        .isEqualTo(ACME.baseUrl() + "/v2/contacts/***?kind=lead&token=***");
    assertThat(call.path("headers").toString())
        .isEqualTo("{\"Content-Type\":\"application/json\"}");
    assertThat(call.path("body").asText()).isEqualTo("{\"name\":\"Ada Brook\",\"note\":\"***\"}");
    assertThat(call.path("status").asInt()).isEqualTo(200);
    assertThat(call.path("durationMs").isInt()).isTrue();
    assertThat(call.has("truncated")).isFalse();
  }

  @Test
  void allCallsOfAnAttemptAreKeptInTheirOrderAlsoWhereTheLastHasNoResponse() throws Exception {
    impatientAcme(
        """
        - to: {uri: "ACME/v2/search", parameters: {httpMethod: GET}}
        - setBody: {expression: {constant: {expression: "{}"}}}
        - to: {uri: "ACME/v2/contacts", parameters: {httpMethod: POST}}
        """);
    ACME.stubFor(get("/v2/search").willReturn(okJson("[]")));
    ACME.stubFor(post("/v2/contacts").willReturn(okJson("{}").withFixedDelay(60_000)));

    JsonNode calls = calls(deliver());

    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).path("url").asText()).endsWith("/v2/search");
    assertThat(calls.get(0).path("status").asInt()).isEqualTo(200);
    assertThat(calls.get(0).has("body")).isFalse();
    assertThat(calls.get(1).path("url").asText()).endsWith("/v2/contacts");
    assertThat(calls.get(1).path("body").asText()).isEqualTo("{}");
    assertThat(calls.get(1).path("status").isNull()).isTrue();
    assertThat(calls.get(1).path("durationMs").asInt()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void anAttemptThatIsEndedWhileItsCallRunsKeepsTheRequest() throws Exception {
    try (ScriptedVendor silent = new ScriptedVendor("")) {
      acme(GET_CONTACT.replace("ACME", silent.url()));
      DeliveryDispatcher dispatcher = dispatcher(Map.of());
      Delivery delivery = delivery();
      dispatcher.start(delivery, result -> {});
      await().until(() -> silent.requests() == 1);

      JsonNode call = calls(dispatcher.timedOut(delivery, IMPATIENT)).get(0);

      assertThat(call.path("url").asText()).isEqualTo(silent.url() + "/v2/contact");
      assertThat(call.path("status").isNull()).isTrue();
      assertThat(call.path("durationMs").isNull()).isTrue();
    }
  }

  @Test
  void withoutTheSettingNoRequestIsKept() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    CompletableFuture<AttemptResult> end = new CompletableFuture<>();
    dispatcher(Map.of("relay.delivery.store-requests", "false")).start(delivery(), end::complete);

    assertThat(end.get(20, TimeUnit.SECONDS).calls()).isNull();
  }

  private static JsonNode calls(AttemptResult result) throws IOException {
    return new ObjectMapper().readTree(result.calls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "jq: {expression: '{name: \"Zoë Łuk\"} | tojson'}           # application/json",
        "jq: {expression: '{name: \"Zoë Łuk\"}'}                    # application/json",
        "constant: {expression: '{\"name\":\"Zoë Łuk\"}'}           # application/json",
        "constant: {expression: '{\"name\":\"Zoë Łuk\"}'}           # application/json;charset=utf-16be"
      })
  void whateverTheBodyIsItLeavesWithItsLengthInItsCharset(String body, String type)
      throws Exception {
    acme(
        """
        - setHeader: {name: Content-Type, expression: {constant: {expression: '%s'}}}
        - setBody: {expression: {%s}}
        - to: {uri: "ACME/v2/contacts", parameters: {httpMethod: POST}}
        - setBody: {expression: {simple: {expression: "${null}"}}}
        """
            .formatted(type, body));
    ACME.stubFor(post("/v2/contacts").willReturn(okJson("{}")));

    assertThat(deliver().state()).isEqualTo(DeliveryState.DELIVERED);

    Charset charset = type.endsWith("utf-16be") ? UTF_16BE : UTF_8;
    LoggedRequest request =
        ACME.findAll(
                postRequestedFor(urlEqualTo("/v2/contacts"))
                    .withHeader("Content-Length", matching("\\d+"))
                    .withHeader("Transfer-Encoding", absent()))
            .get(0);
    assertThat(new String(request.getBody(), charset)).isEqualTo("{\"name\":\"Zoë Łuk\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void theRelayRetriesATransientFailureAndTheClientDoesNot(int status) throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody("busy")));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.reason()).isEqualTo("acme returned " + status);
    assertThat(verdict.response()).isEqualTo("busy");
    ACME.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void retryAfterDelaysTheRetry() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(503).withHeader("Retry-After", "120")));

    assertThat(deliver().retryAfter()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a422IsDeadAtOnceAndItsResponseIsKeptWithoutTheKey() throws Exception {
    acme(CREATE_CONTACT);
    ACME.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(422).withBody("k-12345 has no phone")));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).isEqualTo("acme returned 422");
    assertThat(verdict.response()).isEqualTo("*** has no phone");
  }

  @Test
  void aRefusedKeyIsTheKeys() throws Exception {
    acme(CREATE_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));

    assertThat(deliver().health()).isEqualTo(DestinationHealth.KEY_REFUSED);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl() + "/there")));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).isEqualTo("acme returned 302");
    OTHER.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void silenceEndsTheCall() throws Exception {
    impatientAcme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(5_000)));

    long start = System.nanoTime();
    AttemptResult verdict = deliver();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    assertUnreachable(verdict, "acme did not respond in time: No response within PT0.5S");
  }

  @Test
  void silenceInTheMiddleOfABodyEndsTheCallToo() throws Exception {
    try (ScriptedVendor vendor =
        new ScriptedVendor("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\"")) {
      impatientAcme(GET_CONTACT.replace("ACME", vendor.url()));

      assertUnreachable(deliver(), "acme did not respond in time: No response within PT0.5S");
    }
  }

  @Test
  void aTlsHandshakeThatHasNoEndEndsTheCall() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      impatientAcme(GET_CONTACT.replace("ACME", "https://localhost:" + silent.getLocalPort()));

      AttemptResult verdict = deliver();

      assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(verdict.health()).isEqualTo(DestinationHealth.UNREACHABLE);
    }
  }

  @Test
  void anUntrustedCertificateIsRefused() throws Exception {
    WireMockServer tls = new WireMockServer(options().dynamicPort().dynamicHttpsPort());
    tls.start();
    try {
      acme(GET_CONTACT.replace("ACME", "https://localhost:" + tls.httpsPort()));

      AttemptResult verdict = deliver();

      assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(verdict.reason()).startsWith("the TLS connection to acme fails");
      tls.verify(0, anyRequestedFor(anyUrl()));
    } finally {
      tls.stop();
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    acme(GET_CONTACT.replace("ACME", "http://localhost:" + port));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(verdict.health()).isEqualTo(DestinationHealth.UNREACHABLE);
    assertThat(verdict.reason())
        .startsWith("acme cannot be reached: ")
        .doesNotContainPattern("Exception|org\\.|java\\.");
  }

  @Test
  void anUnknownHostIsNamedSo() throws Exception {
    acme(GET_CONTACT.replace("ACME", "https://acme.invalid"));

    assertUnreachable(deliver(), "the host name of acme is unknown");
  }

  @Test
  void aSuccessThatIsTooLongIsNotReadToItsEnd() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[LONGEST + 1])));

    assertUnreachable(
        deliver(), "the call to acme failed: The response is longer than 1048576 bytes");
  }

  @Test
  void noCompressedResponseIsAskedForAndNoneIsUnpacked() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Encoding", "gzip")
                    .withBody(gzip(new byte[LONGEST + 1]))));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(verdict.response()).hasSizeLessThan(2_100);
    ACME.verify(anyRequestedFor(anyUrl()).withHeader("Accept-Encoding", absent()));
  }

  @Test
  void aLongRefusalIsARefusal() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(422).withBody("no ".repeat(LONGEST))));

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.response()).startsWith("no no no").hasSizeLessThan(2_100);
  }

  @Test
  void aHeaderWithoutAnEndIsNotRead() throws Exception {
    try (ScriptedVendor vendor =
        new ScriptedVendor(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Long: "
                + "x".repeat(1 << 20)
                + "\r\n\r\n")) {
      acme(GET_CONTACT.replace("ACME", vendor.url()));

      AttemptResult verdict = deliver();

      assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(verdict.health()).isEqualTo(DestinationHealth.UNREACHABLE);
    }
  }

  @Test
  void everyEndGivesItsConnectionBack() throws Exception {
    acme(GET_CONTACT, IMPATIENT, 1);
    List<ResponseDefinitionBuilder> ends =
        List.of(
            okJson("{}"),
            aResponse().withStatus(204),
            aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl()),
            aResponse().withStatus(422).withBody("no"),
            aResponse().withStatus(500).withBody("no ".repeat(LONGEST)),
            aResponse().withBody(new byte[LONGEST + 1]),
            aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            aResponse().withFixedDelay(2_000));

    for (ResponseDefinitionBuilder end : ends) {
      ACME.stubFor(any(anyUrl()).willReturn(end));
      deliver();
      ACME.stubFor(any(anyUrl()).willReturn(okJson("{}")));
      AttemptResult after = deliver();
      assertThat(after.state())
          .as(end.build() + ": " + after.reason())
          .isEqualTo(DeliveryState.DELIVERED);
    }
  }

  @Test
  void moreCallsThanConnectionsWaitWithoutAThread() throws Exception {
    acme(GET_CONTACT, PATIENT, 2);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(50)));

    List<CompletableFuture<AttemptResult>> calls =
        Stream.generate(this::startDelivery).limit(10).toList();

    for (CompletableFuture<AttemptResult> call : calls) {
      AttemptResult verdict = call.get(20, TimeUnit.SECONDS);
      assertThat(verdict.state()).as(verdict.reason()).isEqualTo(DeliveryState.DELIVERED);
    }
  }

  @Test
  void oneThreadStartsManyCallsAndWaitsForNone() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(200)));
    deliver();

    long start = System.nanoTime();
    List<CompletableFuture<AttemptResult>> calls =
        Stream.generate(this::startDelivery).limit(32).toList();
    for (CompletableFuture<AttemptResult> call : calls) {
      AttemptResult verdict = call.get(20, TimeUnit.SECONDS);
      assertThat(verdict.state()).as(verdict.reason()).isEqualTo(DeliveryState.DELIVERED);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("far from one after the other, also on a busy machine")
        .isLessThan(Duration.ofMillis(32 * 200 / 2));
  }

  @Test
  void theSecondHostLearnsNothingOfTheFirst() throws Exception {
    acme(
        """
        - to: {uri: "ACME/first", parameters: {httpMethod: GET}}
        - setHeader: {name: X-Mine, expression: {constant: {expression: mine}}}
        - setBody: {expression: {constant: {expression: "{}"}}}
        - to: {uri: "OTHER/second", parameters: {httpMethod: POST}}
        - setBody: {expression: {simple: {expression: "${null}"}}}
        """);
    ACME.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Set-Cookie", "session=s-1")
                    .withHeader("X-Trace", "t-1")
                    .withHeader("Content-Type", "text/html")
                    .withHeader("Content-Disposition", "attachment")
                    .withBody("first")));
    OTHER.stubFor(any(anyUrl()).willReturn(okJson("{}")));

    assertThat(deliver().state()).isEqualTo(DeliveryState.DELIVERED);

    OTHER.verify(
        postRequestedFor(urlEqualTo("/second"))
            .withHeader("X-Mine", equalTo("mine"))
            .withHeader("Set-Cookie", absent())
            .withHeader("X-Trace", absent())
            .withHeader("Content-Type", absent())
            .withHeader("Content-Disposition", absent()));
  }

  @Test
  void noCookieComesBack() throws Exception {
    acme(GET_CONTACT);
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withHeader("Set-Cookie", "session=s-1")));

    deliver();
    deliver();

    ACME.verify(2, getRequestedFor(urlEqualTo("/v2/contact")).withHeader("Cookie", absent()));
  }

  @Test
  void noHeaderOfTheMessageNamesAnotherHost() throws Exception {
    acme(
        """
        - setHeader: {name: CamelHttpUri, expression: {simple: {expression: "OTHER/${body.subject}"}}}
        """
            + GET_CONTACT);

    AttemptResult verdict = deliver();

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).contains("sets the URL to call");
    OTHER.verify(0, anyRequestedFor(anyUrl()));
    ACME.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void pathAndQueryMayComeOfTheMessage() throws Exception {
    acme(
        """
        - toD: {uri: "ACME/v2/contacts/${body.subject}?httpMethod=GET&expand=all"}
        - setBody: {expression: {simple: {expression: "${null}"}}}
        """);
    ACME.stubFor(get(urlPathEqualTo("/v2/contacts/4711")).willReturn(okJson("{}")));

    assertThat(deliver().state()).isEqualTo(DeliveryState.DELIVERED);
    ACME.verify(getRequestedFor(urlEqualTo("/v2/contacts/4711?expand=all")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "followRedirects: true",
        "follow-redirects: true",
        "FOLLOWREDIRECTS: true",
        "responseTimeout: 600000",
        "proxyHost: other.example",
        "cookieStore: '#jar'",
        "httpClient.redirectsEnabled: true",
        "x509HostnameVerifier: '#none'",
        "transferException: true",
        "logHttpActivity: true"
      })
  void anEndpointCannotChangeTheRules(String option) {
    assertThatThrownBy(() -> acme("- to: {uri: \"ACME/v2\", parameters: {%s}}\n".formatted(option)))
        .hasStackTraceContaining("An endpoint cannot set")
        .hasStackTraceContaining("all calls share one value");
  }

  @Test
  void nothingOfTheMessageOrTheQueryIsLogged() throws Exception {
    impatientAcme(CREATE_CONTACT.replace("POST}", "POST, code: c-98765}"));
    ACME.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(5_000)));
    LogCapture log = LogCapture.open();
    AttemptResult verdict;
    try {
      verdict = deliver();
      ACME.resetAll();
      ACME.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
      deliver();
    } finally {
      log.close();
    }

    assertThat(verdict.reason()).doesNotContain("c-98765", "Brook");
    assertThat(log.lines()).noneMatch(line -> line.matches("(?s).*(c-98765|k-12345|Brook).*"));
  }

  private static void assertUnreachable(AttemptResult verdict, String reason) {
    assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(verdict.health()).isEqualTo(DestinationHealth.UNREACHABLE);
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    }
    return compressed.toByteArray();
  }

  /** Starts a route to Acme; {@code ACME} and {@code OTHER} stand for the two servers. */
  private void acme(String steps) throws IOException {
    acme(steps, PATIENT, 32);
  }

  /** The same, with a short response time-out. */
  private void impatientAcme(String steps) throws IOException {
    acme(steps, IMPATIENT, 32);
  }

  private void acme(String steps, Duration responseTimeout, int connections) throws IOException {
    String indented = steps.replace("ACME", ACME.baseUrl()).replace("OTHER", OTHER.baseUrl());
    String route =
        """
        - route:
            id: deliver-acme
            description: New leads to Acme, as contacts
            from:
              uri: delivery:acme
              steps:
        """
            + indented.indent(8);
    Path file = Files.writeString(folder.resolve("deliver-acme.camel.yaml"), route);
    VendorHttp http =
        new VendorHttp(
            Duration.ofSeconds(5),
            responseTimeout,
            connections,
            new LimitCounter(new SimpleMeterRegistry()));
    camel =
        RouteFiles.start(
            Map.of("http", http.http(), "https", http.https(), "routeOutcome", new RouteOutcome()),
            new Properties(),
            file.toString());
  }

  private AttemptResult deliver() throws Exception {
    return startDelivery().get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<AttemptResult> startDelivery() {
    CompletableFuture<AttemptResult> end = new CompletableFuture<>();
    dispatcher(Map.of()).start(delivery(), end::complete);
    return end;
  }

  private static Delivery delivery() {
    return new Delivery(1, "acme", 1, Duration.ZERO, false, DeliveryOrigin.now(), LEAD);
  }

  private DeliveryDispatcher dispatcher(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("relay.destinations.acme.url", ACME.baseUrl());
    settings.put("relay.destinations.acme.api-key", "k-12345");
    RelayConfig config = RelaySettings.of(settings);
    ResponseSanitizer answers = new ResponseSanitizer(new ReloadableConfig(config));
    try {
      return new DeliveryDispatcher(
          camel, "acme", new DeliveryPolicy(config, answers), RelayTracer.OFF);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
