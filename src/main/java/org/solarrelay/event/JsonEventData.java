package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The data of an event that a route has written as JSON. */
final class JsonEventData {

  private JsonEventData() {}

  /**
   * The data without fields that are null: a field that the message lacks is null in jq.
   *
   * @param json an object in UTF-8
   * @throws InvalidMessageException where it is beyond the limits of {@link EventJson#parse}
   */
  static ObjectNode of(byte[] json) {
    ObjectNode copy = EventJson.parseObject(json);
    removeNulls(copy);
    return copy;
  }

  /**
   * An object of nothing but such fields is left out, too.
   *
   * @return whether nothing is left of an object
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
