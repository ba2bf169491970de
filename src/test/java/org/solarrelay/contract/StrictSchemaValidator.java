package org.solarrelay.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Validates values against the contract's schemas, with undocumented fields as errors. Clients
 * should be more lenient.
 */
final class StrictSchemaValidator {

  private static final String FILES = "relay:/";

  /** Ignores unknown keywords, because OpenAPI surrounds schemas with other keys. */
  private static final JsonMetaSchema ANY_KEYWORD =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
          .build();

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder
                  .metaSchema(ANY_KEYWORD)
                  .schemaLoaders(
                      loaders ->
                          loaders.add(
                              iri ->
                                  iri.toString().startsWith(FILES)
                                      ? () -> new ByteArrayInputStream(file(iri.toString()))
                                      : null)));

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private StrictSchemaValidator() {}

  /** The errors of the value, one per line; empty if it is valid. */
  static List<String> errors(Node schema, JsonNode value) {
    String file = Node.RESOURCES.relativize(schema.file()).toString();
    SchemaLocation location =
        SchemaLocation.of(
            FILES + file + "#" + schema.pointer().replace("{", "%7B").replace("}", "%7D"));
    return FACTORY.getSchema(location, CONFIG).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static byte[] file(String iri) {
    String path = URI.create(iri).getPath().substring(1);
    JsonNode document = Node.of(Node.RESOURCES.resolve(path)).json().deepCopy();
    if (path.endsWith("openapi.yaml")) {
      document.path("components").path("schemas").forEach(StrictSchemaValidator::closeObjects);
    }
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void closeObjects(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    schema.path("properties").forEach(StrictSchemaValidator::closeObjects);
  }
}
