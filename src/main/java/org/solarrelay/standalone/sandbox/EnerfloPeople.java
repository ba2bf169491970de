package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;

/**
 * What people do on Enerflo's own pages: {@code POST /sandbox/enerflo/leads} makes a lead, {@code
 * PUT /sandbox/enerflo/leads/{Enerflo's id}} changes one. The fields are those of a lead in the
 * Leads API, so {@code lead_status} too.
 */
final class EnerfloPeople {
  private final EnerfloLeads leads;
  private final EnerfloWebhooks webhooks;

  EnerfloPeople(EnerfloLeads leads, EnerfloWebhooks webhooks) {
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
    Optional<String> key =
        id.matches("\\d{1,9}") ? leads.keyOf(Integer.parseInt(id)) : Optional.empty();
    key.ifPresentOrElse(
        known -> save(call, "update_customer", known),
        () -> SandboxResponse.json(call, 404, error("no such lead")));
  }

  private void save(RoutingContext call, String event, String key) {
    Optional<ObjectNode> given = SandboxResponse.object(call);
    if (given.isEmpty()) {
      SandboxResponse.json(call, 400, error("the body must be a JSON object"));
      return;
    }
    ObjectNode lead = leads.byHand(key, given.get());
    webhooks.announce(event, lead.path("id").asInt(), () -> SandboxResponse.json(call, 200, lead));
  }

  private static ObjectNode error(String message) {
    return SandboxResponse.JSON.createObjectNode().put("error", message);
  }
}
