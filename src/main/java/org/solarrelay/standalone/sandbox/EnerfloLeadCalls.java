package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** The HTTP calls of Enerflo's leads: every response is 200, or a redirect. */
final class EnerfloLeadCalls {
  private static final Set<String> CONTROL_PARAMETERS =
      Set.of("api_key", "browser_redirect", "calendar", "calendar_id");

  private final EnerfloLeads leads;
  private final EnerfloWebhooks webhooks;

  EnerfloLeadCalls(EnerfloLeads leads, EnerfloWebhooks webhooks) {
    this.leads = leads;
    this.webhooks = webhooks;
  }

  void mount(Router router) {
    router.post("/api/v1/partner/action/lead/add").handler(this::add);
    router.get("/api/v1/partner/action/lead/add").handler(this::addAndRedirect);
    router.post("/api/v1/partner/action/schedule/audit").handler(this::audit);
  }

  private void add(RoutingContext call) {
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    respond(call, leads.add(body.path("lead"), body.path("appointment"), body.path("survey_data")));
  }

  /** Enerflo, Leads API: GET has all fields in the query, and browser_redirect redirects. */
  private void addAndRedirect(RoutingContext call) {
    ObjectNode none = SandboxResponse.JSON.createObjectNode();
    ObjectNode response =
        leads.add(query(call), none.path("appointment"), none.path("survey_data"));
    String to = call.request().getParam("browser_redirect");
    if (to == null || !isSuccess(response)) {
      respond(call, response);
      return;
    }
    String lead = response.at("/data/lead/id").asText();
    redirect(call, lead, Set.of("scheduling", "deal").contains(to) ? to : "profile");
  }

  /** Enerflo, Schedule Audit: with an appointment template it redirects to Enerflo's pages. */
  private void audit(RoutingContext call) {
    ObjectNode response = leads.audit(query(call));
    String template = call.request().getParam("calendar_id");
    if (template == null || template.isBlank() || !isSuccess(response)) {
      respond(call, response);
    } else {
      redirect(call, response.at("/data/lead/id").asText(), "scheduling");
    }
  }

  private void respond(RoutingContext call, ObjectNode response) {
    SandboxResponse.setRecord(call, "lead " + response.at("/data/lead/id").asText("refused"));
    if (isSuccess(response)) {
      // a write by API causes the same webhook as a user's
      boolean isNew = response.at("/data/msg").asText().equals("Lead Created");
      String event = isNew ? "new_customer" : "update_customer";
      webhooks.send(
          event,
          response.at("/data/lead/id").asInt(),
          () -> SandboxResponse.json(call, 200, response));
    } else {
      SandboxResponse.json(call, 200, response);
    }
  }

  private static void redirect(RoutingContext call, String lead, String page) {
    SandboxResponse.setRecord(call, "lead " + lead);
    String host = "http://" + call.request().authority();
    call.response()
        .setStatusCode(302)
        .putHeader("location", host + "/enerflo/customers/" + lead + "/" + page)
        .end();
  }

  private static boolean isSuccess(ObjectNode response) {
    return response.path("result").asText().equals("success");
  }

  private static ObjectNode query(RoutingContext call) {
    ObjectNode query = SandboxResponse.JSON.createObjectNode();
    MultiMap given = call.queryParams();
    given.names().stream()
        .filter(name -> !CONTROL_PARAMETERS.contains(name))
        .forEach(name -> query.put(name, given.get(name)));
    return query;
  }
}
