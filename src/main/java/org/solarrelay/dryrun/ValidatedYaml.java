package org.solarrelay.dryrun;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads YAML and validates it against one of the schemas in {@code specs/}; problems name lines.
 */
final class ValidatedYaml {

  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
  private static final JsonNodeReader READER = JsonNodeReader.builder().locationAware().build();

  private ValidatedYaml() {}

  /**
   * The file's content; {@link JsonNodes#tokenLocationOf} returns the place of each part.
   *
   * @param schema its name, without {@code .schema.json}
   * @throws SpecException with every line that is wrong, and what is allowed there
   */
  static JsonNode read(String schema, String file, String text) {
    JsonNode root = parse(file, text);
    check(schema, root, error -> "%s:%d: %s".formatted(file, line(error), problem(error)));
    return root;
  }

  /**
   * Validates a message that does not come from a file.
   *
   * @throws SpecException with every problem, and what is allowed
   */
  static void check(String schema, JsonNode root) {
    check(schema, root, ValidatedYaml::problem);
  }

  private static void check(
      String schema, JsonNode root, Function<ValidationMessage, String> described) {
    List<String> problems =
        schema(schema).validate(root).stream()
            .filter(error -> !error.getEvaluationPath().toString().contains("/oneOf/"))
            .map(described)
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
  }

  private static JsonNode parse(String file, String text) {
    try {
      return READER.readTree(text, InputFormat.YAML);
    } catch (IllegalArgumentException | IOException e) {
      throw new SpecException(List.of(notYaml(file, e)));
    }
  }

  private static String notYaml(String file, Exception e) {
    Throwable cause = e instanceof IOException ? e : e.getCause();
    if (!(cause instanceof JsonProcessingException syntax) || syntax.getLocation() == null) {
      return file + ":1: not YAML";
    }
    // indented lines quote the file; the others say what was expected
    String what =
        syntax
            .getOriginalMessage()
            .lines()
            .filter(line -> !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    return "%s:%d: not YAML: %s".formatted(file, syntax.getLocation().getLineNr(), what);
  }

  private static int line(ValidationMessage error) {
    JsonNode node = error.getInstanceNode();
    JsonNode named = error.getProperty() == null ? null : node.get(error.getProperty());
    JsonLocation at = JsonNodes.tokenLocationOf(named == null ? node : named);
    return at == null ? 1 : at.getLineNr();
  }

  private static String problem(ValidationMessage error) {
    String where = path(error.getInstanceLocation().toString());
    String in = where.isEmpty() ? "it" : where;
    return switch (error.getType()) {
      case "additionalProperties" ->
          "%s cannot have \"%s\"; it may have %s"
              .formatted(in, error.getProperty(), allowed(error));
      case "required" -> "%s needs \"%s\"".formatted(in, error.getProperty());
      case "enum" -> "%s must be one of %s".formatted(in, error.getSchemaNode());
      case "oneOf" -> in + " needs a webhook, an event or a message, and one of them only";
      case "minProperties", "maxProperties" -> in + " needs exactly one kind of message";
      default -> in + " " + error.getError();
    };
  }

  /** {@code cases[0].expect} of {@code /cases/0/expect}. */
  private static String path(String pointer) {
    return pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.').replaceFirst("^\\.", "");
  }

  private static TreeSet<String> allowed(ValidationMessage error) {
    TreeSet<String> names = new TreeSet<>();
    error.getEvaluationPath();
    JsonNode properties = error.getSchemaNode() == null ? null : parentOf(error).path("properties");
    if (properties != null) {
      properties.fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  private static JsonNode parentOf(ValidationMessage error) {
    SchemaLocation rule = error.getSchemaLocation();
    String file = path(rule.getAbsoluteIri()).replaceAll("^/specs/|\\.schema\\.json$", "");
    String pointer = rule.getFragment().getParent().toString();
    return schema(file).getSchemaNode().at(pointer.startsWith("/") ? pointer : "");
  }

  private static JsonSchema schema(String name) {
    return SCHEMAS.computeIfAbsent(
        name,
        it -> {
          // own loader: the first caller's class loader may not find the schemas
          JsonSchemaFactory factory =
              JsonSchemaFactory.getInstance(
                  VersionFlag.V202012,
                  builder ->
                      builder.schemaLoaders(
                          loaders ->
                              loaders.add(
                                  iri ->
                                      () -> ValidatedYaml.class.getResourceAsStream(path(iri)))));
          return factory.getSchema(
              SchemaLocation.of("https://solarrelay.org/specs/" + it + ".schema.json"),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
        });
  }

  private static String path(AbsoluteIri iri) {
    String text = iri.toString();
    return "/specs" + text.substring(text.lastIndexOf('/'));
  }
}
