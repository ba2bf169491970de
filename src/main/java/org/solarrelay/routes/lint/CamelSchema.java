package org.solarrelay.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Camel's own JSON Schema of its YAML, as it comes with Camel. Of JSON Schema it uses a few words
 * only; alternatives are either a short and a long form, or which expression or data format.
 */
final class CamelSchema {

  private static final String DEFINITIONS = "#/items/definitions/";

  private final JsonNode root;

  CamelSchema() {
    this.root = read("schema/camelYamlDsl.json");
  }

  static JsonNode read(String resource) {
    try (InputStream in = CamelSchema.class.getClassLoader().getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode routes() {
    return root;
  }

  JsonNode resolve(JsonNode schema) {
    String ref = schema.path("$ref").asText("");
    return ref.startsWith(DEFINITIONS)
        ? resolve(root.at("/items/definitions").path(ref.substring(DEFINITIONS.length())))
        : schema;
  }

  /** Whether a text may stand where the schema wants a mapping: Camel's short forms. */
  static boolean hasShortForm(JsonNode schema) {
    return schema.has("oneOf")
        && schema.path("oneOf").path(0).path("type").asText().equals("string");
  }

  /** The long form's part of a schema. */
  static JsonNode longForm(JsonNode schema) {
    return hasShortForm(schema) ? schema.path("oneOf").path(1) : schema;
  }

  /** The keys of which a mapping has one, with their schemas; empty where there are none such. */
  Map<String, JsonNode> choices(JsonNode schema) {
    Map<String, JsonNode> choices = new LinkedHashMap<>();
    schema.path("anyOf").forEach(any -> any.path("oneOf").forEach(one -> choose(one, choices)));
    return choices;
  }

  /** The keys of which a definition of Camel's model has one, such as the names of languages. */
  Set<String> alternatives(String definition) {
    String name = "org.apache.camel.model." + definition;
    return choices(root.at("/items/definitions").path(name)).keySet();
  }

  private static void choose(JsonNode one, Map<String, JsonNode> choices) {
    one.path("properties").fields().forEachRemaining(it -> choices.put(it.getKey(), it.getValue()));
  }
}
