package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The data of an event that a route has written as JSON. */
final class JsonEventData {

  private JsonEventData() {}

  /**
   * A copy that shares nothing with the message, within the limits of {@link EventJson#parse},
   * without fields that are null: a field that the message lacks is null in jq.
   *
   * @throws InvalidMessageException where it is beyond the limits
   */
  static ObjectNode of(JsonNode data) {
    ObjectNode copy = EventJson.parseObject(EventJson.bytes(data));
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
