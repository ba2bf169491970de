package org.solarrelay.cases;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventJson;

/**
 * Makes the stubs of {@link #stubAll} tell records apart: Enerflo by {@code integration_record_id},
 * Solar Proof by e-mail address. The same record has the same id in each response. A URL of more
 * than 4 KiB is too long for them.
 */
public final class RememberingVendors implements ResponseTransformerV2 {

  private static final String NAME = "remembering";
  private static final int LONGEST_URL = 4096;

  private final Map<String, Integer> ids = new ConcurrentHashMap<>();

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  static void stubAll() {
    var response = ok().withTransformers(NAME);
    stub(post(urlPathEqualTo(VendorStubs.ADD_LEAD)).willReturn(response));
    stub(post(urlPathEqualTo(VendorStubs.AUDIT)).willReturn(response));
    for (String action : new String[] {"getcustomerByemail", "createcustomer", "updatecustomer"}) {
      stub(solarProof(action).willReturn(response));
    }
  }

  @Override
  public Response transform(Response response, ServeEvent event) {
    Request request = event.getRequest();
    if (request.getUrl().startsWith(VendorStubs.AUDIT)) {
      return request.getUrl().length() > LONGEST_URL
          ? with(response, 414, "")
          : with(response, 200, "{\"result\":\"success\"}");
    }
    if (request.getUrl().startsWith(VendorStubs.ADD_LEAD)) {
      String record = json(request).at("/lead/integration_record_id").asText();
      return with(
          response,
          200,
          "{\"result\":\"success\",\"data\":{\"msg\":\"Lead Created\",\"lead\":{\"id\":%d}}}"
              .formatted(id("enerflo " + record)));
    }
    if (request.queryParameter("action").containsValue("createcustomer")) {
      String email = json(request).at("/data/email").asText();
      return with(response, 200, "{\"Message\":\"created\",\"id\":\"%d\"}".formatted(id(email)));
    }
    if (request.queryParameter("action").containsValue("updatecustomer")) {
      String id = json(request).at("/data/pkcustomerid").asText();
      return with(response, 200, "{\"Message\":\"updated\",\"CustomerId\":\"%s\"}".formatted(id));
    }
    Integer known = ids.get(request.queryParameter("customer_email").firstValue());
    return known == null
        ? with(response, 404, "{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}")
        : with(response, 200, "{\"customer_id\":\"%d\"}".formatted(known));
  }

  private int id(String record) {
    return ids.computeIfAbsent(record, unused -> 80_000 + ids.size());
  }

  private static Response with(Response response, int status, String body) {
    return Response.Builder.like(response).but().status(status).body(body).build();
  }

  private static JsonNode json(Request request) {
    return EventJson.parse(request.getBody());
  }
}
