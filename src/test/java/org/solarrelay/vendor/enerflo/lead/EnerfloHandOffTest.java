package org.solarrelay.vendor.enerflo.lead;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.RelayEnvironment.VENDORS;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.stub;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class EnerfloHandOffTest {

  private static final String KEY = "enerflo-test-key";

  @Inject Identity identity;

  @BeforeEach
  void acceptAllRequests() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void theBrowserIsRedirectedToEnerflosPageWithoutTheKey() {
    enerflo(aResponse().withStatus(302).withHeader("Location", VENDORS.baseUrl() + "/c/1?tab=a"));

    Response response = handOff("crm/yj3 Shbi2?to=profile");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.header("Location")).isEqualTo(VENDORS.baseUrl() + "/c/1?tab=a");
    assertThat(response.headers().toString() + response.asString()).doesNotContain(KEY);
    VENDORS.verify(
        getRequestedFor(urlPathEqualTo(ADD_LEAD))
            .withHeader("api-key", equalTo(KEY))
            .withQueryParam("integration_record_id", equalTo("yj3 Shbi2"))
            .withQueryParam("browser_redirect", equalTo("profile")));
    assertThat(requestedUrl()).doesNotContain("calendar_id").doesNotContain(KEY);
    VENDORS.verify(1, WireMock.anyRequestedFor(urlPathEqualTo(ADD_LEAD)));
  }

  @Test
  void aRelativeLocationIsResolvedAgainstEnerflo() {
    enerflo(aResponse().withStatus(303).withHeader("Location", "/customers/55555"));

    assertThat(handOff("web/r-1?to=profile").header("Location"))
        .isEqualTo(VENDORS.baseUrl() + "/customers/55555");
    assertThat(requestedUrl()).contains("integration_record_id=web%3Ar-1");
  }

  @ParameterizedTest
  @CsvSource({
    "to=scheduling&calendar_id=12,calendar_id=12",
    "to=deal&createDeal=101,createDeal=101"
  })
  void schedulingAndDealsTakeTheirNumber(String query, String expected) {
    enerflo(aResponse().withStatus(302).withHeader("Location", "/x"));

    assertThat(handOff("crm/1?" + query).statusCode()).isEqualTo(302);
    assertThat(requestedUrl()).contains(expected);
  }

  @Test
  void theLeadsKnownKeyIsUsed() throws Exception {
    String lead = UUID.randomUUID().toString();
    List<ExternalId> ids =
        List.of(
            new ExternalId("crm.lead", lead, "test"),
            new ExternalId("enerflo.integration-record-id", "r" + lead, "test"));
    identity.link(List.of(IdentityLink.ofIds(ids)));
    enerflo(aResponse().withStatus(302).withHeader("Location", "/x"));

    assertThat(handOff("crm/" + lead + "?to=profile").statusCode()).isEqualTo(302);
    assertThat(requestedUrl()).contains("integration_record_id=r" + lead);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/c/1",
        "//elsewhere.example/c/1",
        "https://localhost/c/1",
        "http://localhost:1/c/1",
        "http://ENERFLO@elsewhere.example/c/1",
        "http://user@HOST/c/1",
        "http://HOST@elsewhere.example/",
        "http://HOST\\@elsewhere.example/",
        "javascript:alert(1)",
        "/c/1?api_key=enerflo-test-key",
        " "
      })
  void aLocationOutsideEnerfloIsRejected(String location) {
    String there = location.replace("HOST", "localhost:" + VENDORS.port());
    enerflo(aResponse().withStatus(302).withHeader("Location", there));

    Response response = handOff("crm/1?to=profile");

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.headers().toString() + response.asString())
        .doesNotContain("elsewhere")
        .doesNotContain(KEY);
    assertThat(response.header("Location")).isNull();
  }

  @Test
  void aResponseWithoutARedirectIsABadGateway() {
    for (ResponseDefinitionBuilder response :
        List.of(
            okJson("{\"result\":\"error\",\"data\":{\"msg\":\"An address is required\"}}"),
            ok("Access not Permitted"),
            aResponse().withStatus(500).withBody("key " + KEY),
            aResponse().withStatus(401))) {
      enerflo(response);
      Response said = handOff("crm/1?to=profile");
      assertThat(said.statusCode()).isEqualTo(502);
      assertThat(said.asString()).doesNotContain(KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?to=", "?to=elsewhere", "?to=scheduling&calendar_id=a%26b"})
  void anUnknownPageIsABadRequest(String query) {
    assertThat(handOff("crm/1" + query).statusCode()).isEqualTo(400);
    VENDORS.verify(0, WireMock.anyRequestedFor(urlPathEqualTo(ADD_LEAD)));
  }

  @Test
  void aLeadCreatedInEnerfloIsNotFound() {
    assertThat(handOff("enerflo/" + UUID.randomUUID() + "?to=profile").statusCode()).isEqualTo(404);
    VENDORS.verify(0, WireMock.anyRequestedFor(urlPathEqualTo(ADD_LEAD)));
  }

  @Test
  void aHandOffRequiresTheToken() {
    assertThat(given().get("/handoff/enerflo/crm/1?to=profile").statusCode()).isEqualTo(401);
    VENDORS.verify(0, WireMock.anyRequestedFor(urlPathEqualTo(ADD_LEAD)));
  }

  private static void enerflo(ResponseDefinitionBuilder response) {
    stub(get(urlPathEqualTo(ADD_LEAD)).willReturn(response));
  }

  private static String requestedUrl() {
    return VENDORS.findAll(getRequestedFor(urlPathEqualTo(ADD_LEAD))).get(0).getUrl();
  }

  private static Response handOff(String path) {
    return given()
        .redirects()
        .follow(false)
        .header("Authorization", "Bearer operator-token")
        .urlEncodingEnabled(false)
        .get("/handoff/enerflo/" + path.replace(" ", "%20"));
  }
}
