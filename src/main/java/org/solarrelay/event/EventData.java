package org.solarrelay.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;

/** An event's data as a typed record, and a typed record as an event's data. */
public final class EventData {

  private EventData() {}

  /** As {@link #read(JsonNode, Class)}, of that event's data. */
  public static <T> T read(Event event, Class<T> type) {
    return read(event.data(), type);
  }

  /**
   * Reads data as {@link Lead}, {@link EnrollmentChange} or a part of them, leniently: unknown
   * fields are ignored, blank texts are null, numbers may be written as texts and texts as numbers.
   *
   * @throws InvalidMessageException naming the field that cannot be read and what it should be
   */
  public static <T> T read(JsonNode data, Class<T> type) {
    try {
      return EventJson.MAPPER.treeToValue(withoutBlanks(EventJson.object(data)), type);
    } catch (MismatchedInputException e) {
      throw new InvalidMessageException(
          FieldPath.of(e.getPath()) + ": " + nameOf(e.getTargetType()) + " expected");
    } catch (JsonMappingException e) {
      throw new InvalidMessageException(FieldPath.of(e.getPath()) + ": cannot be read");
    } catch (JsonProcessingException e) {
      throw new InvalidMessageException("the data cannot be read");
    }
  }

  /** That record as data: nulls left out, times as ISO 8601 with the offset they have. */
  public static ObjectNode write(Object record) {
    return EventJson.MAPPER.valueToTree(record);
  }

  /** Web forms send "" for a field left open. Lists are left alone: an empty one has a meaning. */
  private static ObjectNode withoutBlanks(ObjectNode data) {
    ObjectNode kept = EventJson.MAPPER.createObjectNode();
    data.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value instanceof ObjectNode object) {
                kept.set(field.getKey(), withoutBlanks(object));
              } else if (!value.isTextual() || !value.textValue().isBlank()) {
                kept.set(field.getKey(), value);
              }
            });
    return kept;
  }

  private static String nameOf(Class<?> type) {
    if (type == OffsetDateTime.class) {
      return "a time with offset such as 2026-03-12T21:59:14Z";
    } else if (type == Integer.class) {
      return "a whole number";
    } else if (type == BigDecimal.class) {
      return "a number";
    } else if (type == Boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "a text";
    }
    return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
