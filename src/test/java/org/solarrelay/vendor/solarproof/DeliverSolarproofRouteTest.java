package org.solarrelay.vendor.solarproof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
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

class DeliverSolarproofRouteTest implements JsonVendorContract {

  private static final String KEY = "k+e&y%2B=1";
  private static final String SCRIPT = "/apidata.php";
  private static final String SAVED =
      "{\"Message\":\"Customer created successfully!\",\"id\":\"79459\"}";

  private static final Outcome ANSWERED =
      Outcome.delivered("79459").withId("solarproof.customer", "79459", "Solar Proof's response");
  private static final Outcome LOOKED_UP =
      Outcome.delivered("79459")
          .withId("solarproof.customer", "79459", "look-up by e-mail in Solar Proof");

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "solarproof",
            Map.of(
                "solarProofMapper", new SolarProofMapper(),
                "solarProofCall", new SolarProofCall(),
                "solarProofOutcomes", new SolarProofOutcomes()),
            Map.of(
                "relay.destinations.solarproof.url",
                "VENDOR",
                "relay.destinations.solarproof.api-key",
                KEY));
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
    return bench.deliver(event("lead.submitted", fixture("solarproof/lead-event.json")), headers);
  }

  @Override
  public String key() {
    return KEY;
  }

  @Test
  void aLeadWithAnUnknownAddressBecomesACustomer() {
    find(
        aResponse()
            .withStatus(404)
            .withBody("{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"-\"}"));
    save("createcustomer", okJson(SAVED));

    assertThat(deliver(Map.of()).getMessage().getBody()).isEqualTo(ANSWERED);
    bench
        .vendor()
        .verify(
            getRequestedFor(urlPathEqualTo(SCRIPT))
                .withQueryParam("api_key", equalTo(KEY))
                .withQueryParam("customer_email", equalTo("john+solar@example.com")));
    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo(SCRIPT))
                .withQueryParam("api_key", equalTo(KEY))
                .withRequestBody(equalToJson(fixture("solarproof/create-request.json"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"code\":\"CUSTOMER_NOT_FOUND\"}"})
  void anEmptyBodyInA200MeansUnknown(String response) {
    find(okJson(response));
    save("createcustomer", okJson(SAVED));

    assertThat(deliver(Map.of()).getMessage().getBody()).isEqualTo(ANSWERED);
  }

  @Test
  void aChangeUpdatesOnlyTheChangedFields() {
    find(okJson(fixture("solarproof/customer.json")));
    save("updatecustomer", okJson("{\"Message\":\"ok\",\"CustomerId\":\"79459\"}"));

    Exchange exchange =
        bench.deliver(event("lead.changed", "{\"email\":\"j@example.com\",\"lastName\":\"Roe\"}"));

    assertThat(exchange.getMessage().getBody()).isEqualTo(LOOKED_UP);
    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo(SCRIPT))
                .withRequestBody(
                    equalToJson(
                        """
                        {"data": {"apikey": "k+e&y%2B=1", "action": "updatecustomer",
                          "pkcustomerid": 79459, "email": "j@example.com", "surname": "Roe"}}
                        """)));
  }

  @Test
  void aSubmittedLeadThatIsKnownIsUpdated() {
    find(okJson("[" + fixture("solarproof/customer.json") + "]"));
    save("updatecustomer", okJson("{\"Message\":\"ok\",\"CustomerId\":\"79459\"}"));

    assertThat(deliver(Map.of()).getMessage().getBody()).isEqualTo(LOOKED_UP);
  }

  @Test
  void aChangeOfAnUnknownCustomerIsSkipped() {
    find(okJson("[]"));

    Exchange exchange = bench.deliver(event("lead.changed", "{\"email\":\"j@example.com\"}"));

    assertThat(exchange.getMessage().getBody())
        .isEqualTo(Outcome.skipped("Solar Proof does not have this customer"));
    bench.vendor().verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void aLeadWhoseIdIsKnownIsUpdatedWithoutBeingLookedUp() {
    save("updatecustomer", okJson("{\"Message\":\"ok\",\"CustomerId\":\"79459\"}"));

    Exchange exchange =
        bench.deliver(
            event(
                "lead.changed",
                "{\"lastName\":\"Roe\",\"ids\":{\"solarproof.customer\":\"79459\"}}"));

    assertThat(exchange.getMessage().getBody()).isEqualTo(ANSWERED);
    bench.vendor().verify(0, getRequestedFor(anyUrl()));
    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo(SCRIPT))
                .withRequestBody(
                    equalToJson(
                        """
                        {"data": {"apikey": "k+e&y%2B=1", "action": "updatecustomer",
                          "pkcustomerid": 79459, "surname": "Roe"}}
                        """)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 404})
  void withAnUnknownIdTheCustomerIsFoundByEmail(int status) {
    String unknown = "{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"-\"}";
    save("updatecustomer", aResponse().withStatus(status).withBody(unknown));
    find(okJson("[]"));
    save("createcustomer", okJson(SAVED));

    Exchange exchange =
        bench.deliver(
            event(
                "lead.submitted",
                fixture("solarproof/lead-event.json")
                    .replaceFirst("\\{", "{\"ids\":{\"solarproof.customer\":\"1\"},")));

    assertThat(exchange.getMessage().getBody()).isEqualTo(ANSWERED);
    bench
        .vendor()
        .verify(
            getRequestedFor(urlPathEqualTo(SCRIPT))
                .withQueryParam("customer_email", equalTo("john+solar@example.com")));
  }

  @Test
  void anInvalidResponseIsRetried() {
    save("updatecustomer", aResponse().withBody("<html>"));

    Exchange exchange =
        bench.deliver(event("lead.changed", "{\"ids\":{\"solarproof.customer\":\"1\"}}"));

    assertThat(exchange.getException()).isInstanceOf(IOException.class);
  }

  @Test
  void anUnknownIdWithoutAnEmailIsDead() {
    save(
        "updatecustomer",
        aResponse().withStatus(404).withBody("{\"code\":\"CUSTOMER_NOT_FOUND\"}"));

    Exchange exchange =
        bench.deliver(
            event(
                "lead.changed", "{\"lastName\":\"Roe\",\"ids\":{\"solarproof.customer\":\"1\"}}"));

    assertThat(exchange.getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Solar Proof has no customer 1, and the lead lacks email to look it up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"solarproof.customer\":\"web-1\"}"})
  void aLeadWithoutEmailAndWithoutAnIdOfSolarProofIsDead(String ids) {
    Exchange exchange =
        bench.deliver(event("lead.submitted", "{\"lastName\":\"Roe\",\"ids\":" + ids + "}"));

    assertThat(exchange.getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith("Solar Proof knows customers by e-mail: the lead lacks email");
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 404})
  void aRejectedKeyIsRecognisedWithAnyStatus(int status) {
    String body = "{\"code\":\"INVALID_API_KEY\",\"message\":\"The API key is invalid\"}";
    find(aResponse().withStatus(status).withBody(body));

    assertThat(deliver(Map.of()).getException()).isInstanceOf(CredentialsRejectedException.class);
  }

  @Test
  void aRejectedKeyIsRecognisedWhenSaving() {
    find(okJson("[]"));
    save("createcustomer", aResponse().withStatus(400).withBody("{\"code\":\"INVALID_API_KEY\"}"));

    assertThat(deliver(Map.of()).getException()).isInstanceOf(CredentialsRejectedException.class);
  }

  @Test
  void aFailureInA200IsPermanent() {
    find(okJson("[]"));
    save(
        "createcustomer",
        okJson("{\"code\":\"INVALID_PARAMETERS\",\"message\":\"phone1 missing\"}"));

    assertThat(deliver(Map.of()).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Solar Proof rejected the request: INVALID_PARAMETERS phone1 missing");
  }

  @Test
  void onlyListedHeadersLeave() {
    find(okJson("[]"));
    save("createcustomer", okJson(SAVED));

    Exchange exchange =
        deliver(Map.of("Authorization", "Bearer inbound", "Cookie", "a=b", "X-Webhook-Token", "t"));

    assertThat(headersOf("GET")).containsExactlyInAnyOrder("accept", "host", "user-agent");
    assertThat(headersOf("POST"))
        .containsExactlyInAnyOrder(
            "accept", "content-type", "host", "content-length", "user-agent");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    assertThat(exchange.getVariables().toString()).doesNotContain(KEY);
  }

  @Test
  void anEventThatSolarProofDoesNotReceiveIsSkippedWithoutACall() {
    Exchange exchange = bench.deliver(event("lead.qualified", "{}"));

    assertThat(exchange.getMessage().getBody())
        .isEqualTo(Outcome.skipped("Solar Proof does not receive lead.qualified"));
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  private static List<String> headersOf(String method) {
    return bench.vendor().findAll(anyRequestedFor(anyUrl())).stream()
        .filter(request -> request.getMethod().getName().equals(method))
        .map(LoggedRequest::getAllHeaderKeys)
        .flatMap(Collection::stream)
        .map(String::toLowerCase)
        .toList();
  }

  private static void find(ResponseDefinitionBuilder response) {
    bench
        .vendor()
        .stubFor(
            get(urlPathEqualTo(SCRIPT))
                .withQueryParam("action", equalTo("getcustomerByemail"))
                .willReturn(response));
  }

  private static void save(String action, ResponseDefinitionBuilder response) {
    bench
        .vendor()
        .stubFor(
            post(urlPathEqualTo(SCRIPT))
                .withQueryParam("action", equalTo(action))
                .willReturn(response));
  }

  @Test
  void allCallsOfAnAttemptAreKnownInTheirOrder() {
    bench.vendor().stubFor(get(urlPathEqualTo(SCRIPT)).willReturn(okJson("[]")));
    bench.vendor().stubFor(post(urlPathEqualTo(SCRIPT)).willReturn(okJson(SAVED)));

    List<String> calls =
        bench.calls(event("lead.submitted", fixture("solarproof/lead-event.json")));

    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).startsWith("GET VENDOR/apidata.php?").endsWith(" 200");
    assertThat(calls.get(1))
        .startsWith("POST VENDOR/apidata.php?")
        .contains("Content-Type=application/json", "\"action\":\"createcustomer\"")
        .endsWith(" 200");
  }
}
