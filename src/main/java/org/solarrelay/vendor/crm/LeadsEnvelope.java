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

/** Puts what was posted into the envelope of a structured CloudEvent, so all are read alike. */
final class LeadsEnvelope {

  private static final String PREFIX = "ce-";

  private LeadsEnvelope() {}

  /** Whether the sender says which posts are the same lead. */
  static boolean isRepeatable(Webhook webhook) {
    return !idempotencyKey(webhook).isEmpty();
  }

  static ObjectNode ofBareData(Webhook webhook) {
    String id =
        isRepeatable(webhook) ? EventId.of("web", idempotencyKey(webhook)) : webhook.receipt();
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

  /** Senders who give an id and a type but no version mean 1.0, the only one there is. */
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
   * Everything outside of printable ASCII arrives percent-encoded (CloudEvents, HTTP Protocol
   * Binding 3.1.3.2).
   */
  private static String decoded(String header) {
    try {
      return URLDecoder.decode(header.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return header.strip();
    }
  }
}
