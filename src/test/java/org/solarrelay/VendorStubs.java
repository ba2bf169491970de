package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** Vendors that take everything, and what they were sent. */
public final class VendorStubs {

  public static final String ADD_LEAD = "/api/v1/partner/action/lead/add";

  private VendorStubs() {}

  /** Forgets every stub and request and takes everything again. */
  public static void reset() {
    RelayEnvironment.VENDORS.resetAll();
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .willReturn(
                okJson(
                    "{\"result\":\"success\",\"data\":{\"msg\":\"Lead Created\",\"lead\":{\"id\":55555}}}")));
    stub(
        solarProof("getcustomerByemail")
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody("{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}")));
    stub(
        solarProof("createcustomer")
            .willReturn(
                okJson("{\"Message\":\"Customer created successfully!\",\"id\":\"79459\"}")));
    stub(get(urlPathEqualTo("/v1/enrollments")).willReturn(okJson("{\"enrollments\":[]}")));
    stub(
        get(urlPathMatching("/v1/enrollments/.*"))
            .willReturn(
                okJson(
                    "{\"id\":\"x\",\"status\":\"PENDING\",\"status_reason\":\"\",\"site\":{\"groups\":[]}}")));
    stub(
        patch(urlPathMatching("/v1/enrollments/.*"))
            .willReturn(okJson("{\"id\":\"x\",\"status\":\"ACTIVE\"}")));
    stub(post(urlPathEqualTo("/crm")).willReturn(aResponse().withStatus(204)));
  }

  public static void stub(MappingBuilder mapping) {
    RelayEnvironment.VENDORS.stubFor(mapping);
  }

  public static MappingBuilder solarProof(String action) {
    return any(urlPathEqualTo("/apidata.php")).withQueryParam("action", equalTo(action));
  }

  /** Leads Enerflo was sent whose body holds the text, in the order they came. */
  public static List<LoggedRequest> leadsSentToEnerflo(String text) {
    return sent(ADD_LEAD, text);
  }

  /** Requests to that path whose body holds the text, in the order they came. */
  public static List<LoggedRequest> sent(String path, String text) {
    return RelayEnvironment.VENDORS.findAll(
        WireMock.anyRequestedFor(urlPathEqualTo(path)).withRequestBody(WireMock.containing(text)));
  }

  /** Calls of one Solar Proof action whose body or query holds the text. */
  public static List<LoggedRequest> solarProofCalls(String action, String text) {
    return RelayEnvironment.VENDORS
        .findAll(
            WireMock.anyRequestedFor(urlPathEqualTo("/apidata.php"))
                .withQueryParam("action", equalTo(action)))
        .stream()
        .filter(call -> (call.getUrl() + call.getBodyAsString()).contains(text))
        .toList();
  }
}
