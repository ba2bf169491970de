package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Subscriptions and bodies of Solar Proof's webhooks (Solar Proof, Webhooks). */
final class SolarProofWebhooks {
  private static final Set<String> TYPES =
      Set.of(
          "customer_created",
          "customer_status_change",
          "project_email_sent",
          "project_sms_sent",
          "published_proposal_link",
          "recent_draft_project");
  private static final Map<String, Integer> TYPE_IDS =
      Map.of("RESIDENTIAL", 1, "COMMERCIAL", 2, "LARGE-SCALE", 3);

  private final SandboxRecords subscriptions;
  private final VendorWebhooks webhooks;

  SolarProofWebhooks(SandboxRecords subscriptions, VendorWebhooks webhooks) {
    this.subscriptions = subscriptions;
    this.webhooks = webhooks;
  }

  void subscribe(RoutingContext call) {
    JsonNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    String url = body.path("hookUrl").asText("");
    String type = body.path("type_request").asText("");
    Optional<String> problem =
        validateUrl(url)
            .or(
                () ->
                    TYPES.contains(type) ? Optional.empty() : Optional.of("Invalid webhook type"));
    SandboxResponse.setRecord(call, "subscribe_customer " + type);
    if (problem.isPresent()) {
      reject(call, problem.get());
      return;
    }
    // the page has no rule for a duplicate subscription, so the URL gets each webhook twice
    String id = (subscriptions.size() + 1) + " " + type;
    ObjectNode subscription =
        SandboxResponse.JSON.createObjectNode().put("url", url).put("type", type);
    subscriptions.put(id, subscription.put("active", true));
    confirm(call);
  }

  /** Ends the subscriptions of a URL to all types. */
  void unsubscribe(RoutingContext call) {
    JsonNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    String url = body.path("hookUrl").asText("");
    List<String> matching =
        subscriptions.entries().stream()
            .filter(entry -> isFor(entry.getValue(), "url", url))
            .map(Map.Entry::getKey)
            .toList();
    matching.forEach(
        id -> subscriptions.put(id, subscriptions.get(id).orElseThrow().put("active", false)));
    SandboxResponse.setRecord(call, "unsubscribe_customer");
    Optional<String> problem = validateUrl(url);
    if (problem.isEmpty() && matching.isEmpty()) {
      problem = Optional.of("No matching webhook found for this user");
    }
    problem.ifPresentOrElse(text -> reject(call, text), () -> confirm(call));
  }

  private static void confirm(RoutingContext call) {
    ObjectNode body = SandboxResponse.JSON.createObjectNode().put("success", true);
    SandboxResponse.json(call, 200, body.put("message", "Webhook subscribed successfully"));
  }

  /** Responds 400 to a call about webhooks. */
  static void reject(RoutingContext call, String problem) {
    ObjectNode body = SandboxResponse.JSON.createObjectNode().put("success", false);
    SandboxResponse.json(call, 400, body.put("message", problem));
  }

  /** Sends customer_created, the only event whose body is no array. */
  void sendCreated(ObjectNode customer, Runnable respond) {
    ObjectNode body = about(customer);
    body.put("customer_status_id", customer.path("status").asInt());
    send("customer_created", body, respond);
  }

  void sendStatusChanged(ObjectNode customer, int before, Runnable respond) {
    ObjectNode body = about(customer);
    body.put("old_status", before).put("new_status", customer.path("status").asInt());
    send("customer_status_change", SandboxResponse.JSON.createArrayNode().add(body), respond);
  }

  private void send(String type, JsonNode body, Runnable respond) {
    webhooks.sendWithResponse(
        respond,
        subscriptions.all().stream()
            .filter(subscription -> isFor(subscription, "type", type))
            .map(to -> new VendorWebhooks.Outgoing(to.path("url").asText(), body, 0))
            .toList());
  }

  private static ObjectNode about(ObjectNode customer) {
    String first = customer.path("firstname").asText("");
    String last = customer.path("surname").asText("");
    ObjectNode body = SandboxResponse.JSON.createObjectNode();
    body.put("customer_id", customer.path("pkcustomerid").asInt());
    body.put("first_name", first).put("surname", last);
    body.put("customer_name", (first + " " + last).strip());
    body.set("phone_primary", customer.path("phone1"));
    body.set("phone_secondary", customer.path("phone2"));
    body.set("customer_email", customer.path("email"));
    body.set("company_name", customer.path("companyname"));
    body.set("company_phone", customer.path("companyphone"));
    body.put("gst_registered", customer.path("gststatus").asInt());
    body.put("customer_type_id", TYPE_IDS.getOrDefault(customer.path("type").asText(), 1));
    return body;
  }

  private static Optional<String> validateUrl(String url) {
    if (url.isBlank()) {
      return Optional.of("hookUrl parameter is required");
    }
    boolean local = url.matches("http://(localhost|127\\.0\\.0\\.1)[:/].*");
    return local || url.matches("https://\\S+")
        ? Optional.empty()
        : Optional.of("Invalid webhook URL format");
  }

  private static boolean isFor(ObjectNode subscription, String field, String value) {
    return subscription.path("active").asBoolean()
        && subscription.path(field).asText().equals(value);
  }
}
