package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares what two bodies say; null, empty text and a missing field are the same. */
final class JsonComparison {

  private JsonComparison() {}

  /** Whether {@code more} says everything that {@code some} says. */
  static boolean holds(JsonNode more, JsonNode some) {
    if (saysNothing(some)) {
      return true;
    }
    if (!some.isObject()) {
      return some.equals(more);
    }
    return some.properties().stream()
        .allMatch(field -> holds(more.path(field.getKey()), field.getValue()));
  }

  private static boolean saysNothing(JsonNode node) {
    return node.isNull()
        || node.isMissingNode()
        || node.isContainerNode() && node.isEmpty()
        || node.isTextual() && node.textValue().isBlank();
  }
}
