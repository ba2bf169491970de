package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.event.Event;

/** The ids that an event tells of its record: its subject, and what stands in {@code data.ids}. */
public final class EventIds {

  private static final int LONGEST = 200;
  private static final int MOST = 50;

  private EventIds() {}

  /** The ids by name, the subject's first; without those that are none of their system's. */
  public static Map<String, String> of(Event event) {
    Map<String, String> ids = new LinkedHashMap<>();
    stated(event)
        .forEach(
            (name, id) -> {
              // "null" would make one record of all that have it
              if (IdFormat.of(name).fits(id) && ids.size() < MOST) {
                ids.put(name, id);
              }
            });
    return ids;
  }

  private static Map<String, String> stated(Event event) {
    Map<String, String> ids = new LinkedHashMap<>();
    if (!event.isAboutRecordOfCause()) {
      put(ids, IdType.ofSubject(event), event.subject());
    }
    for (Map.Entry<String, JsonNode> told : event.data().path("ids").properties()) {
      String id = told.getValue().asText("").strip();
      String name =
          told.getKey().contains(".") ? told.getKey() : IdType.of(told.getKey(), event.type(), id);
      put(ids, name, id);
    }
    return ids;
  }

  /** The same event, its {@code data.ids} completed by those that it does not tell itself. */
  public static Event complete(Event event, Map<String, String> known) {
    if (known.isEmpty()) {
      return event;
    }
    Map<String, String> all = new LinkedHashMap<>(known);
    all.putAll(stated(event));
    ObjectNode data = event.data().deepCopy();
    ObjectNode ids = data.path("ids") instanceof ObjectNode told ? told : data.putObject("ids");
    all.forEach((name, id) -> ids.put(name, id));
    return event.withData(data);
  }

  private static void put(Map<String, String> ids, String name, String id) {
    if (id.length() <= LONGEST && name.length() <= LONGEST && !id.isBlank()) {
      ids.putIfAbsent(name, id);
    }
  }
}
