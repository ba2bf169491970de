package org.solarrelay.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;

/** Converts an event's data to a typed record and back. */
public final class EventData {

  private EventData() {}

  /** Reads an event's data; see {@link #read(JsonNode, Class)}. */
  public static <T> T read(Event event, Class<T> type) {
    return read(event.data(), type);
  }

  /**
   * Reads data as {@link Lead}, {@link EnrollmentChange} or a part of them, leniently: unknown
   * fields are ignored, blank texts are null, numbers may be texts and texts may be numbers.
   *
   * @throws InvalidMessageException if a field cannot be read; the text names the field and the
   *     expected value
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

  /** Writes a record as data: without nulls, times in ISO 8601 with their offset. */
  public static ObjectNode write(Object record) {
    return EventJson.MAPPER.valueToTree(record);
  }

  /**
   * Removes blank texts, which web forms send for empty fields. Lists stay: an empty list has a
   * meaning.
   */
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
