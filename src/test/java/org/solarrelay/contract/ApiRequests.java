package org.solarrelay.contract;

import static org.solarrelay.RelayEnvironment.IDENTITY;
import static org.solarrelay.contract.ApiRequest.Precondition.ACKNOWLEDGED_GROUP;
import static org.solarrelay.contract.ApiRequest.Precondition.DEAD;
import static org.solarrelay.contract.ApiRequest.Precondition.DEAD_GROUP;
import static org.solarrelay.contract.ApiRequest.Precondition.DEAD_MESSAGE;
import static org.solarrelay.contract.ApiRequest.Precondition.DELIVERED;
import static org.solarrelay.contract.ApiRequest.Precondition.EVENT;
import static org.solarrelay.contract.ApiRequest.Precondition.FINISHED_REPLAY;
import static org.solarrelay.contract.ApiRequest.Precondition.HELD;
import static org.solarrelay.contract.ApiRequest.Precondition.NOTHING;
import static org.solarrelay.contract.ApiRequest.Precondition.NO_RUN;
import static org.solarrelay.contract.ApiRequest.Precondition.REGISTERED;
import static org.solarrelay.contract.ApiRequest.Precondition.REVERTIBLE;
import static org.solarrelay.contract.ApiRequest.Precondition.RUN;
import static org.solarrelay.contract.ApiRequest.Precondition.RUNNING_REPLAY;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.solarrelay.contract.ApiRequest.Precondition;

/** One request for every documented status of every operation; {@code $} stands for an id. */
final class ApiRequests {

  private static final String RECORD = "/api/records/crm.lead/contract-7";
  private static final String PUBLIC_URL = "{\"url\":\"https://relay.example.com\"}";

  private final List<ApiRequest> requests = new ArrayList<>();

  static Stream<ApiRequest> all() {
    ApiRequests all = new ApiRequests();
    all.webhooks();
    all.events();
    all.deliveries();
    all.deadGroups();
    all.replays();
    all.destinations();
    all.records();
    all.activity();
    all.subscriptions();
    all.reconciliation();
    all.addOtherRequests();
    all.addUnknownParameters();
    all.addWithoutToken();
    return all.requests.stream();
  }

  static void subscribe() {
    new ApiRequests()
        .asOperator(200, NOTHING, "POST", "/api/subscriptions/solarproof", PUBLIC_URL)
        .send("");
  }

  private void webhooks() {
    for (String path : List.of("enerflo", "solarproof/customer_created", "flip", "leads")) {
      String url = "/webhooks/" + path;
      String source = path.split("/")[0];
      add(
          202,
          NOTHING,
          "POST",
          url,
          it -> signed(it, source, "{\"id\":1}").contentType("application/json"));
      add(400, NOTHING, "POST", url, it -> signed(it, source, "{").contentType("application/json"));
      add(401, NOTHING, "POST", url, it -> it.contentType("application/json").body("{}"));
      add(
          413,
          NOTHING,
          "POST",
          url,
          it -> signed(it, source, " ".repeat(1_100_000)).contentType("application/json"));
      add(415, NOTHING, "POST", url, it -> signed(it, source, "{}").contentType("text/plain"));
    }
    add(
        404,
        NOTHING,
        "POST",
        "/webhooks/solarproof/customer%20created",
        it -> signed(it, "solarproof", "{}"));
  }

  private void events() {
    asOperator(200, DEAD_MESSAGE, "GET", "/api/events?limit=500", null);
    asOperator(400, NOTHING, "GET", "/api/events?state=delivered", null);
    asOperator(200, EVENT, "GET", "/api/events/$", null);
    asOperator(400, NOTHING, "GET", "/api/events/%00", null);
    asOperator(404, NOTHING, "GET", "/api/events/none", null);
    asOperator(200, DEAD_MESSAGE, "POST", "/api/events/$/replay?dryRun=true", null);
    asOperator(200, DEAD_MESSAGE, "POST", "/api/events/$/replay", null);
    asOperator(400, NOTHING, "POST", "/api/events/%00/replay", null);
    asOperator(404, NOTHING, "POST", "/api/events/none/replay", null);
    asOperator(409, EVENT, "POST", "/api/events/$/replay", null);
    asOperator(200, NOTHING, "POST", "/api/events/replay?dryRun=true", null);
    asOperator(400, NOTHING, "POST", "/api/events/replay?stage=deliver", null);
  }

  private void deliveries() {
    asOperator(200, EVENT, "GET", "/api/deliveries?limit=500", null);
    asOperator(400, NOTHING, "GET", "/api/deliveries?since=yesterday", null);
    asOperator(200, DELIVERED, "GET", "/api/deliveries/$", null);
    asOperator(404, NOTHING, "GET", "/api/deliveries/0", null);
    for (String decision : List.of("approve", "decline")) {
      asOperator(200, HELD, "POST", "/api/deliveries/$/" + decision, null);
      asOperator(404, DELIVERED, "POST", "/api/deliveries/$/" + decision, null);
    }
    String why = "{\"reason\":\"the customer has withdrawn\"}";
    asOperator(200, HELD, "POST", "/api/deliveries/$/cancel", why);
    asOperator(400, HELD, "POST", "/api/deliveries/$/cancel", null);
    asOperator(404, NOTHING, "POST", "/api/deliveries/0/cancel", why);
    asOperator(409, DELIVERED, "POST", "/api/deliveries/$/cancel", why);
    asOperator(200, DEAD, "POST", "/api/deliveries/$/replay?dryRun=true", null);
    asOperator(200, DEAD, "POST", "/api/deliveries/$/replay", null);
    asOperator(400, DEAD, "POST", "/api/deliveries/$/replay?force=perhaps", null);
    asOperator(404, NOTHING, "POST", "/api/deliveries/0/replay", null);
    asOperator(409, DELIVERED, "POST", "/api/deliveries/$/replay", null);
    asOperator(200, NOTHING, "POST", "/api/deliveries/replay?dryRun=true", null);
    asOperator(400, NOTHING, "POST", "/api/deliveries/replay?limit=many", null);
    asOperator(409, NOTHING, "POST", "/api/deliveries/replay?state=held", null);
  }

  private void deadGroups() {
    String url = "/api/dead-groups";
    asOperator(200, DEAD_GROUP, "GET", url, null);
    asOperator(400, NOTHING, "GET", url + "?state=closed", null);
    asOperator(200, DEAD_GROUP, "POST", url + "/$/acknowledge", "{\"note\":\"known\"}");
    asOperator(400, DEAD_GROUP, "POST", url + "/$/acknowledge", "{\"note\":7}");
    asOperator(404, NOTHING, "POST", url + "/none/acknowledge", null);
    asOperator(200, ACKNOWLEDGED_GROUP, "POST", url + "/$/reopen", null);
    asOperator(404, NOTHING, "POST", url + "/none/reopen", null);
    asOperator(409, DEAD_GROUP, "POST", url + "/$/reopen", null);
  }

  private void replays() {
    String url = "/api/replays";
    asOperator(200, FINISHED_REPLAY, "GET", url + "?state=finished&limit=2", null);
    asOperator(400, NOTHING, "GET", url + "?state=lost", null);
    asOperator(200, FINISHED_REPLAY, "GET", url + "/$", null);
    asOperator(404, NOTHING, "GET", url + "/0", null);
    asOperator(200, RUNNING_REPLAY, "POST", url + "/$/stop", null);
    asOperator(404, NOTHING, "POST", url + "/0/stop", null);
    asOperator(409, FINISHED_REPLAY, "POST", url + "/$/stop", null);
  }

  private void destinations() {
    String url = "/api/destinations";
    asOperator(200, NOTHING, "GET", url, null);
    asOperator(200, NOTHING, "POST", url + "/flip/pause", "{\"reason\":\"maintenance\"}");
    asOperator(200, NOTHING, "POST", url + "/flip/resume", null);
    asOperator(400, NOTHING, "POST", url + "/flip/pause", "{\"reason\":7}");
    asOperator(404, NOTHING, "POST", url + "/nowhere/pause", null);
    asOperator(200, NOTHING, "GET", url + "/flip/history", null);
    asOperator(400, NOTHING, "GET", url + "/flip/history?step=week", null);
    asOperator(404, NOTHING, "GET", url + "/nowhere/history", null);
    asOperator(404, NOTHING, "POST", url + "/nowhere/resume", null);
  }

  private void records() {
    String link = "{\"ids\":{\"crm.project\":\"contract-7\"}}";
    asOperator(200, NOTHING, "PUT", RECORD, link);
    asOperator(400, NOTHING, "PUT", RECORD, "{}");
    asOperator(404, NOTHING, "PUT", "/api/records/unknown/contract-7", link);
    asOperator(409, NOTHING, "PUT", "/api/records/crm/contract-7", link);
    add(415, NOTHING, "PUT", RECORD, it -> operator(it).contentType("text/plain").body(link));
    asOperator(200, NOTHING, "GET", RECORD, null);
    asOperator(400, NOTHING, "GET", "/api/records/crm/%00", null);
    asOperator(404, NOTHING, "GET", "/api/records/unknown/contract-7", null);
    asOperator(409, NOTHING, "DELETE", "/api/records/crm/contract-7", null);
    asOperator(204, NOTHING, "DELETE", RECORD, null);
    asOperator(400, NOTHING, "DELETE", "/api/records/crm/%00", null);
    asOperator(404, NOTHING, "DELETE", "/api/records/crm.lead/none", null);
    String text = "{\"text\":\"ada@example.com\"}";
    asOperator(200, NOTHING, "POST", "/api/search", text);
    asOperator(400, NOTHING, "POST", "/api/search", "{}");
    add(
        415,
        NOTHING,
        "POST",
        "/api/search",
        it -> operator(it).contentType("text/plain").body(text));
    String person = "{\"email\":\"unknown@example.com\"}";
    asOperator(200, NOTHING, "DELETE", "/api/people", person);
    asOperator(200, NOTHING, "DELETE", "/api/people?dryRun=true", "{\"record\":999999999}");
    asOperator(200, NOTHING, "DELETE", "/api/people?dryRun=true", "{\"phone\":\"415 555 0123\"}");
    asOperator(400, NOTHING, "DELETE", "/api/people?dryRun=perhaps", person);
    for (String invalid :
        List.of(
            "{}",
            "{\"email\":7}",
            "{\"email\":\"ada\"}",
            "{\"phone\":\"12\"}",
            "{\"record\":\"1\"}",
            "{\"name\":\"Ada\"}",
            "{\"email\":\"ada@example.com\",\"record\":1}",
            "{\"record\":1,\"next\":\"x\"}")) {
      asOperator(400, NOTHING, "DELETE", "/api/people", invalid);
    }
    add(
        415,
        NOTHING,
        "DELETE",
        "/api/people",
        it -> operator(it).contentType("text/plain").body(person));
  }

  private void activity() {
    asOperator(200, NOTHING, "GET", "/api/activity?limit=500", null);
    asOperator(400, NOTHING, "GET", "/api/activity?action=praise", null);
    asOperator(200, NOTHING, "GET", "/api/rejected-webhooks?limit=500", null);
    asOperator(400, NOTHING, "GET", "/api/rejected-webhooks?reason=rudeness", null);
  }

  private void subscriptions() {
    String url = "/api/subscriptions/solarproof";
    asOperator(200, REGISTERED, "GET", url, null);
    asOperator(200, NOTHING, "POST", url, PUBLIC_URL);
    asOperator(400, NOTHING, "POST", url, "{\"url\":7}");
    asOperator(502, NOTHING, "POST", url, "{\"url\":\"https://other.example.com\"}");
    asOperator(502, REGISTERED, "DELETE", url, null);
    asOperator(200, REGISTERED, "DELETE", url, null);
  }

  private void reconciliation() {
    String url = "/api/reconcile/solarproof";
    asOperator(200, RUN, "GET", "/api/reconcile", null);
    asOperator(200, RUN, "GET", "/api/reconcile/runs/$", null);
    asOperator(404, NOTHING, "GET", "/api/reconcile/runs/0", null);
    asOperator(202, NO_RUN, "POST", url, "{\"dryRun\":true,\"since\":\"2026-12-01T00:00:00Z\"}");
    asOperator(400, NO_RUN, "POST", url, "{\"since\":\"yesterday\"}");
    asOperator(404, NOTHING, "POST", "/api/reconcile/flip", null);
    asOperator(409, RUN, "POST", url, null);
  }

  private void addOtherRequests() {
    String handOff = "/handoff/enerflo/crm/yj3Shbi2?to=";
    asOperator(302, NOTHING, "GET", handOff + "profile", null);
    asOperator(400, NOTHING, "GET", handOff + "nowhere", null);
    asOperator(404, NOTHING, "GET", "/handoff/enerflo/enerflo/never-seen?to=profile", null);
    asOperator(502, NOTHING, "GET", handOff + "profile", null);
    String lead = "{\"event\":{\"topic\":\"solar.leads\",\"data\":{\"email\":\"a@example.com\"}}}";
    asOperator(200, NOTHING, "POST", "/api/preview", lead);
    asOperator(400, NOTHING, "POST", "/api/preview", "{}");
    add(
        415,
        NOTHING,
        "POST",
        "/api/preview",
        it -> operator(it).contentType("text/plain").body(lead));
    String messages = "/api/preview/messages?limit=2&route=";
    asOperator(200, EVENT, "GET", messages + "translate-leads", null);
    asOperator(200, EVENT, "GET", messages + "fan-out", null);
    asOperator(200, EVENT, "GET", messages + "deliver-enerflo", null);
    asOperator(200, NOTHING, "GET", messages + "consume-permits&topic=solar.permits", null);
    asOperator(400, NOTHING, "GET", messages + "translate-unknown", null);
    asOperator(200, NOTHING, "GET", "/api/routes", null);
    asOperator(200, NOTHING, "GET", "/api/routes/files", null);
    String versions = "/api/routes/versions?file=";
    asOperator(200, NOTHING, "GET", versions + "fan-out.camel.yaml", null);
    asOperator(400, NOTHING, "GET", "/api/routes/versions", null);
    asOperator(404, NOTHING, "GET", versions + "none.camel.yaml", null);
    String revert = "/api/routes/revert?file=";
    asOperator(200, REVERTIBLE, "POST", revert + "$", null);
    asOperator(400, NOTHING, "POST", revert + "fan-out.camel.yaml&version=last", null);
    asOperator(404, NOTHING, "POST", revert + "none.camel.yaml", null);
    asOperator(409, NOTHING, "POST", revert + "fan-out.camel.yaml", null);
    asOperator(200, NOTHING, "GET", "/api/contracts", null);
    asOperator(200, NOTHING, "GET", "/api/contracts/openapi.yaml", null);
    asOperator(404, NOTHING, "GET", "/api/contracts/none.yaml", null);
    asOperator(200, NOTHING, "GET", "/api/contracts/schemas/lead.submitted.json", null);
    asOperator(404, NOTHING, "GET", "/api/contracts/schemas/none.json", null);
  }

  private void addUnknownParameters() {
    for (Operation operation : Operation.all()) {
      if (operation.path().startsWith("/api/")) {
        String path = operation.path().replaceAll("\\{\\w+}", "1") + "?unknown=1";
        boolean body = operation.node().has("requestBody");
        requests.add(
            new ApiRequest(
                operation,
                400,
                NOTHING,
                path,
                it ->
                    body ? operator(it).contentType("application/json").body("{}") : operator(it)));
      }
    }
  }

  private void addWithoutToken() {
    for (Operation operation : Operation.all()) {
      if (!operation.path().startsWith("/webhooks/")) {
        String path = operation.path().replaceAll("\\{\\w+}", "1");
        requests.add(new ApiRequest(operation, 401, NOTHING, path, it -> it));
        requests.add(new ApiRequest(operation, 403, NOTHING, path, ApiRequests::asGuest));
      }
    }
  }

  /** A user of the identity provider without a role. */
  private static RequestSpecification asGuest(RequestSpecification request) {
    return request.header("Authorization", "Bearer " + IDENTITY.token("guest"));
  }

  private ApiRequest asOperator(
      int status, Precondition precondition, String method, String url, String json) {
    return add(
        status,
        precondition,
        method,
        url,
        it ->
            json == null ? operator(it) : operator(it).contentType("application/json").body(json));
  }

  private ApiRequest add(
      int status,
      Precondition precondition,
      String method,
      String url,
      UnaryOperator<RequestSpecification> with) {
    String path = url.replace("$", "1").replaceAll("\\?.*", "");
    Operation operation =
        Operation.of(method, path)
            .orElseThrow(() -> new AssertionError("not documented: " + method + " " + path));
    ApiRequest request = new ApiRequest(operation, status, precondition, url, with);
    requests.add(request);
    return request;
  }

  private static RequestSpecification operator(RequestSpecification request) {
    return request.header("Authorization", "Bearer operator-token");
  }

  private static RequestSpecification signed(
      RequestSpecification request, String source, String body) {
    if (!source.equals("flip")) {
      return request.header("X-Webhook-Token", source + "-token").body(body);
    }
    try {
      String id = "msg_" + UUID.randomUUID();
      long now = Instant.now().getEpochSecond();
      String signature = new Webhook("whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x").sign(id, now, body);
      return request
          .header("Webhook-Id", id)
          .header("Webhook-Timestamp", now)
          .header("Webhook-Signature", signature)
          .body(body);
    } catch (WebhookSigningException e) {
      throw new AssertionError(e);
    }
  }
}
