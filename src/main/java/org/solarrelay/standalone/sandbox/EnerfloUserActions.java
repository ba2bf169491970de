package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;

/**
 * Simulates users on Enerflo's own pages: {@code POST /sandbox/enerflo/leads} creates a lead,
 * {@code PUT /sandbox/enerflo/leads/{Enerflo's id}} changes one. The fields are those of the Leads
 * API, including {@code lead_status}.
 */
final class EnerfloUserActions {
  private final EnerfloLeads leads;
  private final EnerfloWebhooks webhooks;

  EnerfloUserActions(EnerfloLeads leads, EnerfloWebhooks webhooks) {
    this.leads = leads;
    this.webhooks = webhooks;
  }

  void mount(Router router) {
    router.post("/sandbox/enerflo/leads").handler(this::create);
    router.put("/sandbox/enerflo/leads/:id").handler(this::change);
  }

  private void create(RoutingContext call) {
    save(call, "new_customer", "by-hand-" + UUID.randomUUID());
  }

  private void change(RoutingContext call) {
    String id = call.pathParam("id");
    Optional<String> recordId =
        id.matches("\\d{1,9}") ? leads.recordIdOf(Integer.parseInt(id)) : Optional.empty();
    recordId.ifPresentOrElse(
        knownId -> save(call, "update_customer", knownId),
        () -> SandboxResponse.json(call, 404, error("no such lead")));
  }

  private void save(RoutingContext call, String event, String recordId) {
    Optional<ObjectNode> body = SandboxResponse.object(call);
    if (body.isEmpty()) {
      SandboxResponse.json(call, 400, error("the body must be a JSON object"));
      return;
    }
    ObjectNode lead = leads.saveByUser(recordId, body.get());
    webhooks.send(event, lead.path("id").asInt(), () -> SandboxResponse.json(call, 200, lead));
  }

  private static ObjectNode error(String message) {
    return SandboxResponse.JSON.createObjectNode().put("error", message);
  }
}
