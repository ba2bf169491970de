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
import java.util.Map;
import java.util.stream.Collectors;

/** Stubs of the vendors that accept everything, and the requests they received. */
public final class VendorStubs {

  public static final String ADD_LEAD = "/api/v1/partner/action/lead/add";
  public static final String AUDIT = "/api/v1/partner/action/schedule/audit";

  private VendorStubs() {}

  /** Removes all stubs and requests, and accepts everything again. */
  public static void reset() {
    RelayEnvironment.VENDORS.resetAll();
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .willReturn(
                okJson(
                    "{\"result\":\"success\",\"data\":{\"msg\":\"Lead Created\",\"lead\":{\"id\":55555}}}")));
    stub(post(urlPathEqualTo(AUDIT)).willReturn(okJson("{\"result\":\"success\"}")));
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

  /** Requests for leads at Enerflo whose body contains the text, in order. */
  public static List<LoggedRequest> leadsSentToEnerflo(String text) {
    return sent(ADD_LEAD, text);
  }

  /** The parameters of Enerflo's Schedule Audit for the record, in order. */
  public static List<Map<String, String>> audits(String recordId) {
    return RelayEnvironment.VENDORS
        .findAll(
            WireMock.postRequestedFor(urlPathEqualTo(AUDIT))
                .withQueryParam("integration_record_id", equalTo(recordId)))
        .stream()
        .map(
            call ->
                call.getQueryParams().entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, query -> query.getValue().firstValue())))
        .toList();
  }

  /** The only callback to the CRM with the event. */
  public static LoggedRequest callback(String eventId) {
    List<LoggedRequest> calls = sent("/crm", "\"id\":\"" + eventId + "\"");
    if (calls.size() != 1) {
      throw new AssertionError(calls.size() + " callbacks of event " + eventId);
    }
    return calls.get(0);
  }

  /** Requests to the path whose body contains the text, in order. */
  public static List<LoggedRequest> sent(String path, String text) {
    return RelayEnvironment.VENDORS.findAll(
        WireMock.anyRequestedFor(urlPathEqualTo(path)).withRequestBody(WireMock.containing(text)));
  }

  /** Requests of a Solar Proof action whose body or query contains the text. */
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
