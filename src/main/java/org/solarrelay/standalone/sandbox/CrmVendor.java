package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Simulates a CRM that receives the relay's callbacks: CloudEvents, signed by Standard Webhooks.
 */
final class CrmVendor implements SimulatedVendor {
  private static final String SECRET =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString("not-a-secret-sandbox-crm".getBytes(StandardCharsets.US_ASCII));

  private final SandboxRecords events;

  CrmVendor(SandboxJournal journal) {
    this.events = journal.records("crm.events");
  }

  @Override
  public String name() {
    return "crm";
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> gate) {
    router.post("/crm").handler(gate).handler(this::receive);
  }

  @Override
  public Map<String, SandboxRecords> records() {
    return Map.of("events", events);
  }

  @Override
  public Map<String, String> settings(String url) {
    return Map.of("CRM_WEBHOOK_URL", url + "/crm", "CRM_WEBHOOK_SECRET", SECRET);
  }

  private void receive(RoutingContext call) {
    if (!isSigned(call)) {
      SandboxResponse.json(
          call, 401, SandboxResponse.JSON.createObjectNode().put("error", "bad signature"));
      return;
    }
    Optional<ObjectNode> event = SandboxResponse.object(call);
    if (event.isEmpty()) {
      SandboxResponse.json(
          call, 400, SandboxResponse.JSON.createObjectNode().put("error", "not a JSON object"));
      return;
    }
    // the id identifies duplicates: an event that is sent twice is stored once
    String id = call.request().getHeader("webhook-id");
    events.put(id, event.get());
    SandboxResponse.setRecord(call, id);
    call.response().setStatusCode(204).end();
  }

  private static boolean isSigned(RoutingContext call) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      headers.put(name, call.request().headers().getAll(name));
    }
    String body = call.body().asString();
    try {
      new Webhook(SECRET).verify(body == null ? "" : body, headers);
      return true;
    } catch (WebhookVerificationException | RuntimeException e) {
      return false;
    }
  }
}
