package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Sends Enerflo's webhooks 1.0 about customers, with the fields of its page "New Customer Example".
 * Sends each twice within a second, the second one nearly empty, as integrators report.
 */
final class EnerfloWebhooks {
  private static final int SECOND_WEBHOOK_MILLIS = 300;
  private static final String NO_PHONE = "(000) 000-0000";

  private final EnerfloLeads leads;
  private final VendorWebhooks webhooks;

  EnerfloWebhooks(EnerfloLeads leads, VendorWebhooks webhooks) {
    this.leads = leads;
    this.webhooks = webhooks;
  }

  /**
   * @param event new_customer or update_customer
   * @param id Enerflo's id of the lead
   */
  void send(String event, int id, Runnable respond) {
    String url = webhooks.url();
    if (url.isEmpty()) {
      respond.run();
      return;
    }
    ObjectNode lead = leads.byId(id).orElseThrow();
    webhooks.sendWithResponse(
        respond,
        List.of(
            new VendorWebhooks.Outgoing(url, full(event, lead), 0),
            new VendorWebhooks.Outgoing(url, nearlyEmpty(event, lead), SECOND_WEBHOOK_MILLIS)));
  }

  /** A customer in a list of the 1.0 API, with the fields of its webhooks. */
  static ObjectNode listed(ObjectNode lead) {
    return full("new_customer", lead).without("webhook_event");
  }

  private static ObjectNode full(String event, ObjectNode lead) {
    ObjectNode body = envelope(event, lead);
    String first = text(lead, "first_name");
    String last = text(lead, "last_name");
    body.put("first_name", first).put("last_name", last);
    body.put("full_name", (first + " " + last).strip());
    body.put("email", text(lead, "email")).put("phone", phone(text(lead, "mobile")));
    ObjectNode address = body.putObject("address");
    address.put("street", text(lead, "address"));
    for (String field : List.of("city", "state", "zip", "county")) {
      address.put(field, text(lead, field));
    }
    address.put("full_address", text(lead, "fullAddress"));
    address.put("latitude", text(lead, "lat")).put("longitude", text(lead, "lng"));
    // some tenants get this field
    String status = text(lead, "lead_status");
    return status.isEmpty() ? body : body.put("status", status);
  }

  private static ObjectNode nearlyEmpty(String event, ObjectNode lead) {
    ObjectNode body = envelope(event, lead);
    body.put("first_name", "Unknown").put("last_name", "").put("full_name", "Unknown");
    return body.put("email", "").put("phone", NO_PHONE);
  }

  private static ObjectNode envelope(String event, ObjectNode lead) {
    ObjectNode body = SandboxResponse.JSON.createObjectNode().put("webhook_event", event);
    body.set("id", lead.path("id"));
    if (lead.hasNonNull("integration_record_id")) {
      body.put("external_id", lead.path("integration_record_id").asText());
    } else {
      body.putNull("external_id");
    }
    body.put("customer_timezone", "America/Los_Angeles").put("lead_source", "");
    ObjectNode timestamps = body.putObject("timestamps").putNull("deleted_at");
    timestamps.set("created_at", lead.path("created_at"));
    timestamps.set("updated_at", lead.path("updated_at"));
    timestamps.put("timezone", "UTC");
    return body;
  }

  private static String phone(String digits) {
    return digits.matches("\\d{10}")
        ? digits.replaceFirst("(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3")
        : NO_PHONE;
  }

  private static String text(JsonNode lead, String field) {
    JsonNode value = lead.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
