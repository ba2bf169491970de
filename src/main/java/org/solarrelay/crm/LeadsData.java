package org.solarrelay.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.Collectors;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;

/** The data of an event that somebody posted. */
final class LeadsData {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private LeadsData() {}

  /**
   * The data as it was posted, fields unknown to the vocabulary included.
   *
   * @throws InvalidMessageException where it is not a JSON object or, on {@code solar.leads}, is
   *     not a lead's data or is empty
   */
  static ObjectNode of(EventType type, JsonNode data) {
    if (data == null || !data.isObject()) {
      throw new InvalidMessageException("the data of " + type.id() + " is not a JSON object");
    }
    if (type.topic().equals(EventType.LEAD_SUBMITTED.topic()) && !saysAnything(lead(data))) {
      throw new InvalidMessageException("the data of " + type.id() + " tells nothing of a lead");
    }
    return data.deepCopy();
  }

  private static JsonNode lead(JsonNode data) {
    try {
      return JSON.valueToTree(JSON.treeToValue(data, Lead.class));
    } catch (JsonProcessingException e) {
      throw new InvalidMessageException("the data is not that of a lead at " + where(e));
    }
  }

  /** Only the path: Jackson's own message repeats the value, which may be personal. */
  private static String where(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."))
        : "an unknown place";
  }

  private static boolean saysAnything(JsonNode node) {
    if (!node.isContainerNode()) {
      return !node.isNull() && !node.asText().isBlank();
    }
    for (JsonNode child : node) {
      if (saysAnything(child)) {
        return true;
      }
    }
    return false;
  }
}
