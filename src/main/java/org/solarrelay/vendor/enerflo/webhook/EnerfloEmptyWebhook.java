package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Recognises the nearly empty copies that Enerflo is known to send of a webhook. */
final class EnerfloEmptyWebhook {

  private static final Set<String> SAY_NOTHING =
      Set.of(
          "webhook_event",
          "event",
          "id",
          "created_at",
          "updated_at",
          "deleted_at",
          "timestamps",
          "targetOrg",
          "initiatedBy");

  private EnerfloEmptyWebhook() {}

  /** Whether there is nothing in it but ids, times of bookkeeping, and empty fields. */
  static boolean saysNothing(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream().allMatch(EnerfloEmptyWebhook::saysNothing);
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .allMatch(EnerfloEmptyWebhook::saysNothing);
    }
    return node.isTextual() ? node.textValue().isBlank() : !node.isNumber();
  }

  private static boolean saysNothing(Map.Entry<String, JsonNode> field) {
    return SAY_NOTHING.contains(field.getKey())
        || field.getKey().endsWith("_id")
        || saysNothing(field.getValue());
  }
}
