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
 * Reads Camel's own JSON Schema of its YAML DSL. The schema uses few keywords of JSON Schema. Its
 * alternatives are a short and a long form, or a choice of expressions or data formats.
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

  /** Whether the schema accepts a text in place of a mapping, as in Camel's short forms. */
  static boolean hasShortForm(JsonNode schema) {
    return schema.has("oneOf")
        && schema.path("oneOf").path(0).path("type").asText().equals("string");
  }

  /** The part of a schema for the long form. */
  static JsonNode longForm(JsonNode schema) {
    return hasShortForm(schema) ? schema.path("oneOf").path(1) : schema;
  }

  /** The alternative keys of a mapping, with their schemas; empty if it has none. */
  Map<String, JsonNode> choices(JsonNode schema) {
    Map<String, JsonNode> choices = new LinkedHashMap<>();
    schema.path("anyOf").forEach(any -> any.path("oneOf").forEach(one -> choose(one, choices)));
    return choices;
  }

  /** The alternative keys of a definition in Camel's model, such as the names of languages. */
  Set<String> alternatives(String definition) {
    String name = "org.apache.camel.model." + definition;
    return choices(root.at("/items/definitions").path(name)).keySet();
  }

  private static void choose(JsonNode one, Map<String, JsonNode> choices) {
    one.path("properties").fields().forEachRemaining(it -> choices.put(it.getKey(), it.getValue()));
  }
}
