package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.util.Optional;
import org.solarrelay.event.normal.IdNormalizer;

/** Parses and writes the JSON of events, within limits. Numbers keep their digits. */
public final class EventJson {

  private static final int MAX_DEPTH = 200;

  /** Far above any vendor's payload, far below Jackson's limit for writing. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(400)
          .maxTokenCount(JsonLimits.maxElements())
          .build();

  static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .addModules(
              new JavaTimeModule(), new LenientScalars(), JsonFormat.getCloudEventJacksonModule())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private EventJson() {}

  /**
   * Parses one JSON value.
   *
   * @throws InvalidMessageException if the bytes are not JSON, or exceed a limit (depth, size of
   *     numbers, broken text); the text names line and column but not the content
   */
  public static JsonNode parse(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || node.isMissingNode()) {
        throw new InvalidMessageException("not JSON: it is empty");
      }
      StorableJson.check(node);
      return node;
    } catch (StreamConstraintsException e) {
      if (String.valueOf(e.getMessage()).startsWith("Token count")) {
        throw new TooManyElementsException(LIMITS.getMaxTokenCount());
      }
      throw new InvalidMessageException(
          "JSON beyond the relay's limits (%d levels, numbers of %d digits), at %s"
              .formatted(MAX_DEPTH, LIMITS.getMaxNumberLength(), position(e.getLocation())));
    } catch (JsonProcessingException e) {
      throw new InvalidMessageException("not JSON: " + position(e.getLocation()));
    } catch (IOException | ArithmeticException | NumberFormatException e) {
      throw new InvalidMessageException("not JSON: its text or its numbers cannot be read");
    }
  }

  /**
   * Parses one JSON object.
   *
   * @throws InvalidMessageException as {@link #parse}, and if the value is no object
   */
  public static ObjectNode parseObject(byte[] json) {
    return object(parse(json));
  }

  /** The JSON as UTF-8 bytes; numbers keep their digits. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new InvalidMessageException("the data cannot be written as JSON");
    }
  }

  static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidMessageException(
        "a JSON object expected, %s found".formatted(node.getNodeType().name().toLowerCase()));
  }

  /** The record's id in {@code data.id}: a text or a whole number; empty where there is none. */
  static Optional<String> recordId(ObjectNode data) {
    return IdNormalizer.normalize(data.path("id")).filter(id -> !IdNormalizer.isNoId(id));
  }

  private static String position(JsonLocation location) {
    return location == null
        ? "no place known"
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
