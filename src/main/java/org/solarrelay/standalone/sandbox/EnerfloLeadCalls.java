package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** The HTTP side of Enerflo's leads: every answer is a 200, or sends a browser on. */
final class EnerfloLeadCalls {
  private static final Set<String> NOT_OF_THE_LEAD =
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
    answer(call, leads.add(body.path("lead"), body.path("appointment"), body.path("survey_data")));
  }

  /** Enerflo, Leads API: with GET all is in the query, and browser_redirect sends a person on. */
  private void addAndRedirect(RoutingContext call) {
    ObjectNode none = SandboxResponse.JSON.createObjectNode();
    ObjectNode answer = leads.add(query(call), none.path("appointment"), none.path("survey_data"));
    String to = call.request().getParam("browser_redirect");
    if (to == null || !isSuccess(answer)) {
      answer(call, answer);
      return;
    }
    String lead = answer.at("/data/lead/id").asText();
    redirect(call, lead, Set.of("scheduling", "deal").contains(to) ? to : "profile");
  }

  /** Enerflo, Schedule Audit: an appointment template sends the caller on to Enerflo's pages. */
  private void audit(RoutingContext call) {
    ObjectNode answer = leads.audit(query(call));
    String template = call.request().getParam("calendar_id");
    if (template == null || template.isBlank() || !isSuccess(answer)) {
      answer(call, answer);
    } else {
      redirect(call, answer.at("/data/lead/id").asText(), "scheduling");
    }
  }

  private void answer(RoutingContext call, ObjectNode answer) {
    SandboxResponse.about(call, "lead " + answer.at("/data/lead/id").asText("refused"));
    if (isSuccess(answer)) {
      // what we are told by the API comes back as a webhook as if a person had done it
      boolean isNew = answer.at("/data/msg").asText().equals("Lead Created");
      String event = isNew ? "new_customer" : "update_customer";
      webhooks.announce(
          event, answer.at("/data/lead/id").asInt(), () -> SandboxResponse.json(call, 200, answer));
    } else {
      SandboxResponse.json(call, 200, answer);
    }
  }

  private static void redirect(RoutingContext call, String lead, String page) {
    SandboxResponse.about(call, "lead " + lead);
    String host = "http://" + call.request().authority();
    call.response()
        .setStatusCode(302)
        .putHeader("location", host + "/enerflo/customers/" + lead + "/" + page)
        .end();
  }

  private static boolean isSuccess(ObjectNode answer) {
    return answer.path("result").asText().equals("success");
  }

  private static ObjectNode query(RoutingContext call) {
    ObjectNode query = SandboxResponse.JSON.createObjectNode();
    MultiMap given = call.queryParams();
    given.names().stream()
        .filter(name -> !NOT_OF_THE_LEAD.contains(name))
        .forEach(name -> query.put(name, given.get(name)));
    return query;
  }
}
