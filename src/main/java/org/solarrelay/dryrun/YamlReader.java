package org.solarrelay.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/** Reads handwritten YAML as JSON, and writes JSON as YAML. */
final class YamlReader {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private YamlReader() {}

  static JsonNode read(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  /** JSON as YAML, without the document marker {@code ---}. */
  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node).replaceFirst("^---\\s*", "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
