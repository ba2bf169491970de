package org.solarrelay.vendor.crm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.normal.IdNormalizer;

/** Wraps a posted body in a structured CloudEvent, so that one reader reads all forms. */
final class LeadsEnvelope {

  private static final String PREFIX = "ce-";

  private LeadsEnvelope() {}

  /** Whether the sender marks duplicates with an {@code Idempotency-Key}. */
  static boolean hasIdempotencyKey(Webhook webhook) {
    return !idempotencyKey(webhook).isEmpty();
  }

  /** The CloudEvent of a body that is the data of a {@code lead.submitted}. */
  static ObjectNode ofBareData(Webhook webhook) {
    String id =
        hasIdempotencyKey(webhook) ? EventId.of("web", idempotencyKey(webhook)) : webhook.receipt();
    String recordId = new JsonFields(webhook.body()).text("id");
    return JsonNodeFactory.instance
        .objectNode()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", "web")
        .put("type", EventType.LEAD_SUBMITTED.id())
        .put("subject", IdNormalizer.isNoId(recordId) ? webhook.receipt() : recordId)
        .set("data", webhook.body());
  }

  /** The CloudEvent of a request in binary mode. Without {@code ce-specversion} it is 1.0. */
  static ObjectNode ofHeaders(Webhook webhook) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("specversion", "1.0");
    webhook
        .headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                envelope.put(name.substring(PREFIX.length()), decoded(value));
              }
            });
    return envelope.set("data", webhook.body());
  }

  private static String idempotencyKey(Webhook webhook) {
    return webhook.headers().getOrDefault("idempotency-key", "").strip();
  }

  /**
   * A header's value. Characters outside of printable ASCII are percent-encoded (CloudEvents, HTTP
   * Protocol Binding 3.1.3.2).
   */
  private static String decoded(String header) {
    try {
      return URLDecoder.decode(header.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return header.strip();
    }
  }
}
