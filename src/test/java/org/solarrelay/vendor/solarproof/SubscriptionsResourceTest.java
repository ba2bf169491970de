package org.solarrelay.vendor.solarproof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.solarProofCalls;
import static org.solarrelay.VendorStubs.stub;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SubscriptionsResourceTest {

  private static final String PATH = "/api/subscriptions/solarproof";
  private static final String RELAY = "https://relay.example.com";
  private static final String CREATED =
      RELAY + "/webhooks/solarproof/customer_created?token=solarproof-token";
  private static final String STATUS =
      RELAY + "/webhooks/solarproof/customer_status_change?token=solarproof-token";

  @BeforeEach
  void removeSubscriptions() {
    acceptAllRequests();
    operator().delete(PATH).then().statusCode(200).body("items", empty());
    acceptAllRequests();
  }

  @Test
  void oneUrlIsRegisteredForEachEvent() {
    register(RELAY)
        .statusCode(200)
        .body("items.event", contains("customer_created", "customer_status_change"))
        .body("items.state", contains("registered", "registered"))
        .body("items.registeredAt", contains(notNullValue(), notNullValue()))
        .body("items.url[0]", containsString(RELAY + "/webhooks/solarproof/customer_created"))
        .body("items.url[0]", not(containsString("solarproof-token")))
        .body("next", nullValue());

    assertThat(sent("subscribe_customer")).containsExactly(CREATED, STATUS);
    operator().get(PATH).then().statusCode(200).body("items", hasSize(2));
  }

  @Test
  void aRegisteredUrlIsNotRegisteredAgain() {
    register(RELAY).statusCode(200);
    register(RELAY + "/").statusCode(200).body("items.state", contains("registered", "registered"));

    assertThat(sent("subscribe_customer")).hasSize(2);
    assertThat(sent("unsubscribe_customer")).isEmpty();
  }

  @Test
  void anotherUrlReplacesTheOldOne() {
    register("https://old.example.com").statusCode(200);
    register(RELAY)
        .statusCode(200)
        .body("items.url", contains(containsString(RELAY), containsString(RELAY)));

    assertThat(sent("subscribe_customer")).hasSize(4);
    assertThat(sent("unsubscribe_customer"))
        .hasSize(2)
        .allSatisfy(url -> assertThat(url).startsWith("https://old.example.com/"));
  }

  @Test
  void deleteRemovesEverySubscription() {
    register(RELAY).statusCode(200);
    operator().delete(PATH).then().statusCode(200).body("items", empty());

    assertThat(sent("unsubscribe_customer")).containsExactly(CREATED, STATUS);
    operator().delete(PATH).then().statusCode(200);
    assertThat(sent("unsubscribe_customer")).hasSize(2);
  }

  @Test
  void anInterruptedRegistrationIsFinishedByTheNext() {
    stub(
        solarProof("subscribe_customer")
            .withRequestBody(containing("customer_status_change"))
            .willReturn(aResponse().withStatus(503)));
    problem(register(RELAY), 502, "send the request again");
    operator().get(PATH).then().body("items.state", contains("registered", "unconfirmed"));

    acceptAllRequests();
    register(RELAY).statusCode(200).body("items.state", contains("registered", "registered"));

    // whether Solar Proof took the first one is not known: taken back first, it is there once
    assertThat(sent("unsubscribe_customer")).containsExactly(STATUS);
    assertThat(sent("subscribe_customer")).containsExactly(STATUS);
  }

  @Test
  void aFailureHasSolarProofsMessageWithoutTheToken() {
    rejectRequests("subscribe_customer", "Invalid webhook URL format " + CREATED);

    problem(register(RELAY), 502, "Invalid webhook URL format")
        .body("detail", not(containsString("solarproof-token")));
  }

  @Test
  void aRejectedKeyNamesItsVariable() {
    rejectRequests("subscribe_customer", "Invalid API key");

    problem(register(RELAY), 502, "SOLARPROOF_API_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://relay.example.com",
        "relay.example.com",
        "https://",
        "ftp://relay.example.com",
        "https://user@relay.example.com",
        "https://relay.example.com?a=b",
        "https://relay example.com",
        ""
      })
  void aUrlThatSolarProofCannotReachIsNotRegistered(String url) {
    problem(register(url), 400, "HTTPS");
    assertThat(sent("subscribe_customer")).isEmpty();
  }

  @Test
  void httpIsAcceptedForLocalhostOnly() {
    register("http://localhost:8080").statusCode(200);

    assertThat(sent("subscribe_customer")).first().asString().startsWith("http://localhost:8080/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"url\":null}"})
  void withoutAUrlTheProblemNamesTheSetting(String body) {
    problem(operator().body(body).post(PATH).then(), 400, "RELAY_PUBLIC_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "\"https://relay.example.com\"", "{\"url\":7}"})
  void anInvalidBodyIsRejected(String body) {
    problem(operator().body(body).post(PATH).then(), 400, "");
  }

  @Test
  void registeringRequiresTheToken() {
    for (String method : List.of("GET", "POST", "DELETE")) {
      problem(given().request(method, PATH).then(), 401, "Authorization: Bearer");
    }
  }

  private static void acceptAllRequests() {
    VendorStubs.reset();
    for (String action : List.of("subscribe_customer", "unsubscribe_customer")) {
      stub(solarProof(action).willReturn(okJson("{\"success\":true,\"message\":\"done\"}")));
    }
  }

  private static void rejectRequests(String action, String message) {
    ResponseDefinitionBuilder refusal =
        aResponse().withStatus(400).withBody("{\"success\":false,\"message\":\"" + message + "\"}");
    stub(solarProof(action).willReturn(refusal));
  }

  /** The URLs in the requests to Solar Proof, in order. */
  private static List<String> sent(String action) {
    return solarProofCalls(action, "").stream()
        .map(call -> JsonPath.from(call.getBodyAsString()))
        .map(body -> body.getString("hookUrl"))
        .toList();
  }

  private static ValidatableResponse register(String url) {
    return operator().body("{\"url\":\"" + url + "\"}").post(PATH).then();
  }

  private static RequestSpecification operator() {
    return given().header("Authorization", "Bearer operator-token");
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String detail) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }
}
