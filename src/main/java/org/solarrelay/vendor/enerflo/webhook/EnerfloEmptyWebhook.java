package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Recognises the nearly empty duplicates that Enerflo sends of some webhooks. */
final class EnerfloEmptyWebhook {

  private static final Set<String> IGNORED_FIELDS =
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

  /** Whether the JSON has only ids, times of creation and change, and empty fields. */
  static boolean isEmpty(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream().allMatch(EnerfloEmptyWebhook::isEmpty);
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false).allMatch(EnerfloEmptyWebhook::isEmpty);
    }
    return node.isTextual() ? node.textValue().isBlank() : !node.isNumber();
  }

  private static boolean isEmpty(Map.Entry<String, JsonNode> field) {
    return IGNORED_FIELDS.contains(field.getKey())
        || field.getKey().endsWith("_id")
        || isEmpty(field.getValue());
  }
}
