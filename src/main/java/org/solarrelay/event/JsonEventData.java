package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the data of an event that a route has written as JSON. */
final class JsonEventData {

  private JsonEventData() {}

  /**
   * The data without null fields: jq sets a field that the message lacks to null.
   *
   * @param json an object in UTF-8
   * @throws InvalidMessageException if the data exceeds a limit of {@link EventJson#parse}
   */
  static ObjectNode of(byte[] json) {
    ObjectNode copy = EventJson.parseObject(json);
    removeNulls(copy);
    return copy;
  }

  /**
   * Removes null fields, and objects that have no other fields.
   *
   * @return whether the JSON is an object that became empty
   */
  private static boolean removeNulls(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      json.forEach(JsonEventData::removeNulls);
      return false;
    }
    return !object.isEmpty()
        && object.properties().removeIf(it -> it.getValue().isNull() || removeNulls(it.getValue()))
        && object.isEmpty();
  }
}
