package org.solarrelay.vendor.solarproof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RouteFiles;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.VendorBench;

/** The operations of Solar Proof that no delivery needs. */
class SolarProofKameletsTest {

  private static final String KEY = "k+e&y%2B=1";
  private static final String LIST = "kamelet:solarproof-list-customers-action";
  private static final String DELETE = "kamelet:solarproof-delete-customer-sink";
  private static final SolarProofHook HOOK =
      new SolarProofHook("https://relay.example.com/webhooks/solarproof/x", "customer_created");
  private static final String DONE = "{\"success\":true,\"message\":\"done\"}";

  private static VendorBench bench;

  @BeforeAll
  static void start() {
    bench =
        VendorBench.start(
            "solarproof",
            Map.of(
                "solarProofMapper", new SolarProofMapper(),
                "solarProofCall", new SolarProofCall(),
                "solarProofOutcomes", new SolarProofOutcomes(),
                "solarProofCustomerPages", new SolarProofCustomerPages(),
                "solarProofSubscriptionOutcomes", new SolarProofSubscriptionOutcomes()),
            Map.of(
                "relay.destinations.solarproof.url",
                "VENDOR",
                "relay.destinations.solarproof.api-key",
                KEY));
    RouteFiles.load(bench.context(), "routes/subscribe-solarproof.camel.yaml");
    RouteFiles.load(bench.context(), "routes/unsubscribe-solarproof.camel.yaml");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vendor().resetAll();
  }

  @Test
  void everyPageIsReadUntilOneIsNotFull() throws Exception {
    page(1, customers(1, 50));
    page(2, customers(51, 100));
    page(3, customers(101, 103));

    Exchange exchange = send(LIST, null, Map.of("Authorization", "Bearer inbound"));

    assertThat(ids(exchange)).hasSize(103).doesNotHaveDuplicates();
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    assertThat(exchange.getVariables().toString()).doesNotContain(KEY);
    assertThat(bench.vendor().findAll(anyRequestedFor(anyUrl())))
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.containsHeader("Authorization")).isFalse())
        .allSatisfy(
            request -> assertThat(request.queryParameter("api_key").firstValue()).isEqualTo(KEY));
  }

  @Test
  void anEmptyPageAfterFullOnesIsTheEnd() throws Exception {
    page(1, customers(1, 50));
    page(2, "[]");

    assertThat(ids(send(LIST, null, Map.of()))).hasSize(50);
  }

  @Test
  void aRepeatedPageEndsTheList() throws Exception {
    bench.vendor().stubFor(get(anyUrl()).willReturn(okJson(customers(1, 50))));

    assertThat(ids(send(LIST, null, Map.of()))).hasSize(50);
    assertThat(bench.vendor().findAll(anyRequestedFor(anyUrl()))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void aListWithARejectedKeyIsRecognised(int status) {
    vendor(aResponse().withStatus(status).withBody("{\"code\":\"INVALID_API_KEY\"}"));

    assertThat(send(LIST, null, Map.of()).getException())
        .isInstanceOf(CredentialsRejectedException.class);
  }

  @Test
  void aListThatFailsOnItsSecondPageFailsAsAWhole() {
    page(1, customers(1, 50));

    assertThat(send(LIST, null, Map.of()).getException())
        .isInstanceOf(HttpOperationFailedException.class);
  }

  @Test
  void aDeletionNamesTheCustomerAndNothingElse() {
    vendor(okJson("{\"Message\":\"Customer Deleted Permanently!\",\"CustomerId\":\"79461\"}"));

    Exchange exchange = send(DELETE, "{\"pkcustomerid\":79461}", Map.of());

    assertThat(exchange.getException()).isNull();
    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo("/apidata.php"))
                .withQueryParam("action", equalTo("deletecustomer"))
                .withRequestBody(
                    equalToJson(
                        """
                        {"data": {"apikey": "k+e&y%2B=1", "action": "deletecustomer",
                          "pkcustomerid": 79461}}
                        """)));
  }

  @Test
  void theVerbOfAKameletCanBeSet() {
    vendor(okJson("{\"Message\":\"Customer Deleted Permanently!\",\"CustomerId\":\"79461\"}"));

    send(DELETE + "?verb=DELETE", "{\"pkcustomerid\":79461}", Map.of());

    assertThat(bench.vendor().findAll(anyRequestedFor(anyUrl())))
        .singleElement()
        .satisfies(call -> assertThat(call.getMethod().getName()).isEqualTo("DELETE"));
  }

  @Test
  void aSubscriptionIsNotWrapped() {
    vendor(okJson(DONE));

    assertThat(subscribe().getException()).isNull();
    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo("/apidata.php"))
                .withQueryParam("action", equalTo("subscribe_customer"))
                .withQueryParam("api_key", equalTo(KEY))
                .withRequestBody(
                    equalToJson(
                        """
                        {"hookUrl": "https://relay.example.com/webhooks/solarproof/x",
                         "type_request": "customer_created"}
                        """)));
  }

  @Test
  void anUnsubscriptionNamesOnlyTheUrl() {
    vendor(okJson(DONE));

    send("direct:unsubscribe-solarproof", SolarProofHook.ofAllEvents(HOOK.url()), Map.of());

    bench
        .vendor()
        .verify(
            postRequestedFor(urlPathEqualTo("/apidata.php"))
                .withQueryParam("action", equalTo("unsubscribe_customer"))
                .withRequestBody(
                    equalToJson(
                        "{\"hookUrl\": \"https://relay.example.com/webhooks/solarproof/x\"}")));
  }

  @Test
  void aRefusedSubscriptionSaysWhy() {
    vendor(messageResponse("Invalid webhook type"));

    assertThat(subscribe().getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Solar Proof rejected the request: Invalid webhook type");
  }

  @Test
  void anExistingSubscriptionIsSuccess() {
    vendor(messageResponse("This webhook is already subscribed"));

    assertThat(subscribe().getException()).isNull();
  }

  @Test
  void anUnsubscriptionOfAnUnknownUrlIsSuccess() {
    vendor(messageResponse("No matching webhook found for this user"));

    assertThat(send("direct:unsubscribe-solarproof", HOOK, Map.of()).getException()).isNull();
  }

  @Test
  void aSubscriptionWithARejectedKeyIsRecognised() {
    vendor(messageResponse("Invalid API key"));

    assertThat(subscribe().getException()).isInstanceOf(CredentialsRejectedException.class);
  }

  @Test
  void anHtmlResponseOfAGatewayFails() {
    vendor(aResponse().withStatus(502).withBody("<html>"));

    assertThat(subscribe().getException()).isInstanceOf(HttpOperationFailedException.class);
  }

  private static Exchange send(String endpoint, Object body, Map<String, Object> headers) {
    Exchange exchange = new DefaultExchange(bench.context());
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    return bench.context().createProducerTemplate().send(endpoint, exchange);
  }

  private static Exchange subscribe() {
    return send("direct:subscribe-solarproof", HOOK, Map.of());
  }

  private static ResponseDefinitionBuilder messageResponse(String message) {
    return aResponse()
        .withStatus(400)
        .withBody("{\"success\": false, \"message\": \"" + message + "\"}");
  }

  private static void vendor(ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(any(anyUrl()).willReturn(response));
  }

  private static void page(int page, String customers) {
    bench
        .vendor()
        .stubFor(
            get(urlPathEqualTo("/apidata.php"))
                .withQueryParam("action", equalTo("getallcustomers"))
                .withQueryParam("page", equalTo("" + page))
                .willReturn(okJson(customers)));
  }

  private static String customers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj("{\"customer_id\":\"%d\",\"customer_notes\":[]}"::formatted)
        .collect(joining(",", "[", "]"));
  }

  private static List<String> ids(Exchange exchange) throws Exception {
    assertThat(exchange.getException()).isNull();
    return new ObjectMapper()
        .readTree(exchange.getMessage().getBody(String.class))
        .findValuesAsText("customer_id");
  }
}
