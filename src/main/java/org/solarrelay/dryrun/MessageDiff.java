package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares two previews of one message. */
final class MessageDiff {

  private MessageDiff() {}

  /**
   * A value that differs.
   *
   * @param path such as {@code enerflo.requests[0].body.lead.state}
   * @param before JSON; empty if the value is missing
   * @param after JSON; empty if the value is missing
   */
  record Change(String path, Optional<String> before, Optional<String> after) {

    /** Whether the change makes the message, or one of its deliveries, dead. */
    boolean isDeath() {
      return path.matches("(.*\\.)?outcome") && after.filter("\"dead\""::equals).isPresent();
    }
  }

  /** One change for each value that differs, in the order of the previews. */
  static List<Change> of(JsonNode before, JsonNode after) {
    Map<String, String> old = flat(before);
    Map<String, String> now = flat(after);
    Set<String> paths = new LinkedHashSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      Optional<String> was = Optional.ofNullable(old.get(path));
      Optional<String> is = Optional.ofNullable(now.get(path));
      if (!was.equals(is)) {
        changes.add(new Change(path, was, is));
      }
    }
    return changes;
  }

  private static Map<String, String> flat(JsonNode preview) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", byDestination(preview), flat);
    return flat;
  }

  /**
   * The preview with deliveries by destination, so that a further delivery changes no other path; a
   * single event has no number.
   */
  private static JsonNode byDestination(JsonNode preview) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    copy(preview, whole, "outcome", "reason");
    JsonNode events = preview.path("events");
    int number = 0;
    for (JsonNode previewed : events) {
      number++;
      ObjectNode event = events.size() == 1 ? whole : whole.putObject("event %d".formatted(number));
      copy(previewed, event, "outcome", "reason", "event", "notes");
      deliveries(previewed.path("deliveries"), event);
    }
    deliveries(preview.path("deliveries"), whole);
    return whole;
  }

  private static void deliveries(JsonNode deliveries, ObjectNode into) {
    for (JsonNode delivery : deliveries) {
      ObjectNode one = delivery.deepCopy();
      into.set(one.remove("destination").asText(), one);
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      if (from.has(name)) {
        to.set(name, from.get(name));
      }
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, String> flat) {
    if (node.isObject() && !node.isEmpty()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(it -> flatten(prefix + it.getKey(), it.getValue(), flat));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        flatten("%s[%d]".formatted(path, i), node.get(i), flat);
      }
    } else if (!(path.endsWith("requests") && node.isEmpty()) && !path.isEmpty()) {
      flat.put(path, node.toString());
    }
  }
}
