package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares two bodies; null, an empty text and a missing field are equal. */
final class JsonComparison {

  private JsonComparison() {}

  /** Whether {@code whole} has every field of {@code part}, with the same values. */
  static boolean contains(JsonNode whole, JsonNode part) {
    if (isBlank(part)) {
      return true;
    }
    if (!part.isObject()) {
      return part.equals(whole);
    }
    return part.properties().stream()
        .allMatch(field -> contains(whole.path(field.getKey()), field.getValue()));
  }

  private static boolean isBlank(JsonNode node) {
    return node.isNull()
        || node.isMissingNode()
        || node.isContainerNode() && node.isEmpty()
        || node.isTextual() && node.textValue().isBlank();
  }
}
