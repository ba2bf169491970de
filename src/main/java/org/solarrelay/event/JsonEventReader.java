package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.solarrelay.event.normal.IdNormalizer;

/** Reads an event that a route has written as JSON: {@code {type, data, subject?, …}}. */
final class JsonEventReader {

  private static final Set<String> KEYS =
      new LinkedHashSet<>(List.of("type", "data", "subject", "source", "id", "time"));

  private static final String EXAMPLE =
      "an event is {type: \"lead.submitted\", data: {…}}, with subject, source, id and time as"
          + " needed";

  /** The limit for all events of a message together; each event may hold a copy of the message. */
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private final EventDefaults defaults;
  private long bytes;

  JsonEventReader(EventDefaults defaults) {
    this.defaults = defaults;
  }

  /**
   * The event without its id: normalised, with a known type and valid data.
   *
   * @throws InvalidMessageException if the JSON is no valid event; the text says what to change
   */
  Event read(JsonNode json) {
    if (!(json instanceof ObjectNode event)) {
      throw new InvalidMessageException("%s; %s".formatted(shape(json), EXAMPLE));
    }
    requireKnownKeys(event);
    String type = type(event);
    ObjectNode data = data(event);
    String source = text(event, "source").orElse(defaults.source());
    CloudEventAttributes.source(source);
    Event.Builder read =
        Event.builder()
            .id(defaults.message())
            .source(source)
            .type(type)
            .subject(subject(event, data))
            .time(time(event))
            .derivedId(defaults.receipt().isPresent())
            .data(data);
    defaults.receipt().ifPresent(read::receipt);
    return EventReader.checked(read.build());
  }

  /** The id in the JSON; empty where the JSON has none. */
  Optional<String> id(JsonNode event) {
    return id(event, "id");
  }

  /** The time in the JSON, unparsed; an empty text where the JSON has none. */
  String writtenTime(JsonNode event) {
    return event.path("time").asText("");
  }

  /** A description of a value's kind, for people, without the value. */
  static String shape(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING ->
          json.textValue().startsWith("{")
              ? "it is a text that looks like JSON, leave out tojson"
              : "it is a text";
      case ARRAY -> "it is a list";
      case NULL, MISSING -> "it is null";
      case BOOLEAN -> "it is true or false";
      case NUMBER -> "it is a number";
      case OBJECT -> "it is an object";
      default -> "it is no JSON";
    };
  }

  private static void requireKnownKeys(ObjectNode event) {
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new InvalidMessageException(
            "unknown key %s: an event has %s, and its fields belong into data"
                .formatted(AttributeLimits.shown(field.getKey()), String.join(", ", KEYS)));
      }
    }
  }

  private static String type(ObjectNode event) {
    String type =
        text(event, "type")
            .orElseThrow(() -> new InvalidMessageException("type is missing; " + EXAMPLE));
    EventTypeName.topicOf(type);
    return type;
  }

  private ObjectNode data(ObjectNode event) {
    JsonNode data = event.path("data");
    if (data.isNull() || data.isMissingNode()) {
      throw new InvalidMessageException("data is missing; " + EXAMPLE);
    }
    if (!data.isObject()) {
      throw new InvalidMessageException("data: %s, an object expected".formatted(shape(data)));
    }
    try {
      byte[] json = EventJson.bytes(data);
      bytes += json.length;
      if (bytes > MAX_BYTES) {
        throw new InvalidMessageException(
            "all events of the message together are larger than %d MiB; send it in parts"
                .formatted(MAX_BYTES / 1024 / 1024));
      }
      return JsonEventData.of(json);
    } catch (InvalidMessageException e) {
      throw new InvalidMessageException("data: " + e.getMessage());
    }
  }

  private String subject(ObjectNode event, ObjectNode data) {
    return id(event, "subject")
        .or(defaults::subject)
        .filter(subject -> !IdNormalizer.isNoId(subject))
        .or(() -> EventJson.recordId(data))
        .orElse(defaults.message());
  }

  private OffsetDateTime time(ObjectNode event) {
    return text(event, "time")
        .map(
            text ->
                EventTime.time(text)
                    .orElseThrow(
                        () ->
                            new InvalidMessageException(
                                "time: a time with offset such as 2026-03-12T21:59:14Z expected")))
        .orElse(defaults.time());
  }

  /** The text of a field; empty where it is missing, null or blank. */
  private static Optional<String> text(ObjectNode event, String key) {
    JsonNode value = event.path(key);
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new InvalidMessageException("%s: %s, a text expected".formatted(key, shape(value)));
    }
    return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
  }

  /** The text or whole number of a field; empty where it is missing, null or no id. */
  private static Optional<String> id(JsonNode event, String key) {
    JsonNode value = event.path(key);
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    Optional<String> id = IdNormalizer.normalize(value);
    if (id.isEmpty() && !value.isTextual()) {
      throw new InvalidMessageException(
          "%s: %s, a text or a whole number expected".formatted(key, shape(value)));
    }
    return id.filter(text -> !IdNormalizer.isNoId(text));
  }
}
