package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.event.Event;

/**
 * Reads the external ids of an event's record: the subject and {@code data.ids}. Adds known ids to
 * an event.
 */
public final class EventIds {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_IDS = 50;

  private EventIds() {}

  /**
   * The event's ids by type, such as {@code enerflo.install}; the subject comes first. Ids that do
   * not have the format of their type are left out.
   */
  public static Map<String, String> of(Event event) {
    Map<String, String> ids = new LinkedHashMap<>();
    unchecked(event)
        .forEach(
            (name, id) -> {
              // an id such as "null" would merge all records that have it
              if (IdFormat.of(name).matches(id) && ids.size() < MAX_IDS) {
                ids.put(name, id);
              }
            });
    return ids;
  }

  private static Map<String, String> unchecked(Event event) {
    Map<String, String> ids = new LinkedHashMap<>();
    if (!event.isAboutRecordOfCause()) {
      addIfShort(ids, IdType.nameOfSubject(event), event.subject());
    }
    for (Map.Entry<String, JsonNode> field : event.data().path("ids").properties()) {
      String key = field.getKey();
      String id = field.getValue().asText("").strip();
      String name = key.contains(".") ? key : IdType.of(key, event.type(), id);
      addIfShort(ids, name, id);
    }
    return ids;
  }

  /** The event with known ids added to its {@code data.ids}. The event's own ids win. */
  public static Event addKnownIds(Event event, Map<String, String> known) {
    if (known.isEmpty()) {
      return event;
    }
    Map<String, String> all = new LinkedHashMap<>(known);
    all.putAll(unchecked(event));
    ObjectNode data = event.data().deepCopy();
    ObjectNode ids =
        data.path("ids") instanceof ObjectNode present ? present : data.putObject("ids");
    all.forEach((name, id) -> ids.put(name, id));
    return event.withData(data);
  }

  private static void addIfShort(Map<String, String> ids, String name, String id) {
    if (id.length() <= MAX_LENGTH && name.length() <= MAX_LENGTH && !id.isBlank()) {
      ids.putIfAbsent(name, id);
    }
  }
}
