package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the events in the body at the end of a route: a {@link Translation} or an {@link Event} of
 * a bean, or JSON: an event {@code {type, data, subject?, source?, id?, time?}}, a list of them, or
 * {@code {ignored: "why"}}.
 */
public final class RouteEventReader {

  /** The maximum number of events of a message; a larger export has to be sent in parts. */
  static final int MAX_EVENTS = 1000;

  private static final String IGNORED = "ignored";

  private static final String EXPECTED =
      "end with an event {type, data}, a list of them, or {ignored: \"why\"}";

  private final EventDefaults defaults;
  private final JsonEventReader json;
  private final Map<String, Integer> numbers = new HashMap<>();

  private RouteEventReader(EventDefaults defaults) {
    this.defaults = defaults;
    this.json = new JsonEventReader(defaults);
  }

  /**
   * The events in a body. Events in JSON get known types and normalised data, which matches its
   * schema.
   *
   * @param body the body; may be null
   * @param defaults the default values for events in JSON
   * @throws InvalidMessageException if the body has no valid event; the text says what to change,
   *     without any value of the body
   */
  public static Translation read(Object body, EventDefaults defaults) {
    return new RouteEventReader(defaults).read(body);
  }

  private Translation read(Object body) {
    if (body instanceof Translation translation) {
      return translation;
    }
    if (body instanceof ObjectNode object && object.has(IGNORED)) {
      return Translation.ignored(reason(object));
    }
    if (body instanceof ArrayNode || body instanceof List<?>) {
      return Translation.of(list((Iterable<?>) body));
    }
    return Translation.of(event(body, false));
  }

  private static String reason(ObjectNode object) {
    JsonNode reason = object.get(IGNORED);
    if (object.size() > 1) {
      throw new InvalidMessageException("ignored stands alone; leave it out of an event");
    }
    if (!reason.isTextual() || reason.textValue().isBlank()) {
      throw new InvalidMessageException(
          "ignored: %s, a text that says why expected"
              .formatted(reason.isTextual() ? "it is empty" : JsonEventReader.shape(reason)));
    }
    return reason.textValue().strip();
  }

  private List<Event> list(Iterable<?> items) {
    List<Object> all = new ArrayList<>();
    items.forEach(all::add);
    if (all.isEmpty()) {
      throw new InvalidMessageException(
          "the list of events is empty; write {ignored: \"why\"} where a message makes none");
    }
    if (all.size() > MAX_EVENTS) {
      throw new InvalidMessageException(
          "%d events of one message, at most %d are possible; send the message in parts"
              .formatted(all.size(), MAX_EVENTS));
    }
    List<Event> events = new ArrayList<>(all.size());
    for (Object item : all) {
      try {
        events.add(event(item, true));
      } catch (InvalidMessageException e) {
        throw new InvalidMessageException(
            "event %d of %d: %s".formatted(events.size() + 1, all.size(), e.getMessage()));
      }
    }
    return events;
  }

  private Event event(Object body, boolean inList) {
    if (body instanceof Event event) {
      return event;
    }
    if (!(body instanceof JsonNode node)) {
      throw new InvalidMessageException("the body is %s; %s".formatted(name(body), EXPECTED));
    }
    if (node.has(IGNORED)) {
      throw new InvalidMessageException("ignored stands alone, not in a list; leave it out here");
    }
    Event event = json.read(node);
    int number = inList ? numbers.merge(event.type() + " " + event.record(), 1, Integer::sum) : 0;
    Event identified =
        json.id(node)
            .map(event::withId)
            .orElseGet(() -> defaults.identity().identify(event, json.writtenTime(node), number));
    AttributeLimits.check("id", identified.id());
    return identified;
  }

  private static String name(Object body) {
    if (body == null) {
      return "empty";
    }
    if (body instanceof Webhook) {
      return "the webhook as it came";
    }
    return body instanceof CharSequence ? "a text" : "neither JSON nor an event";
  }
}
