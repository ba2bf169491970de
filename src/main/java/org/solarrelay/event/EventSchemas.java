package org.solarrelay.event;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks data against the JSON Schema of its event type, {@code schemas/<type>.schema.json} on the
 * class path. Schemas are compiled once. Thread-safe.
 */
public final class EventSchemas {

  private static final int MAX_ERRORS_SHOWN = 10;

  private static final JsonSchemaFactory FACTORY = factory();

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .errorMessageKeyword("errorMessage")
          .build();

  private static final JsonSchema META_SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(SchemaLocation.of(SchemaId.V202012));

  private static final Map<EventType, JsonSchema> SCHEMAS = compile();

  private EventSchemas() {}

  /**
   * Checks data against the schema of its type.
   *
   * @throws InvalidMessageException if the data breaks the schema; the text names each field and
   *     the expected value, but no value of the data, which is personal
   */
  public static void check(EventType type, JsonNode data) {
    check(type.id(), SCHEMAS.get(type), data);
  }

  /**
   * Checks data against the schema of a type by name, of the vocabulary or of {@link
   * CustomEventTypes}.
   *
   * @throws InvalidMessageException also if there is no such type
   */
  static void check(String type, JsonNode data) {
    JsonSchema schema =
        EventType.of(type)
            .map(SCHEMAS::get)
            .or(() -> CustomEventTypes.of(type).map(CustomEventTypes.Added::schema))
            .orElseThrow(() -> new InvalidMessageException("unknown event type " + type));
    check(type, schema, data);
  }

  /**
   * Compiles a schema that is not on the class path. It may refer to schemas on the class path,
   * such as {@code project.schema.json}.
   *
   * @throws InvalidMessageException if the text is no JSON Schema, or refers to an unknown schema
   */
  static JsonSchema compiled(String type, JsonNode schema) {
    Set<ValidationMessage> errors = META_SCHEMA.validate(schema);
    if (!errors.isEmpty()) {
      throw new InvalidMessageException("no JSON Schema: " + texts(errors));
    }
    try {
      JsonSchema compiled = FACTORY.getSchema(location(type), schema, CONFIG);
      compiled.initializeValidators();
      return compiled;
    } catch (RuntimeException e) {
      throw new InvalidMessageException("no JSON Schema that can be used: " + e.getMessage());
    }
  }

  private static void check(String type, JsonSchema schema, JsonNode data) {
    Set<ValidationMessage> errors = schema.validate(data);
    if (!errors.isEmpty()) {
      throw new InvalidMessageException(type + ": " + texts(errors));
    }
  }

  private static String texts(Set<ValidationMessage> errors) {
    var texts = errors.stream().map(SchemaError::text).distinct().toList();
    String shown = texts.stream().limit(MAX_ERRORS_SHOWN).collect(joining("; "));
    int more = texts.size() - MAX_ERRORS_SHOWN;
    return shown + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  private static SchemaLocation location(String type) {
    return SchemaLocation.of("classpath:schemas/" + type + ".schema.json");
  }

  private static Map<EventType, JsonSchema> compile() {
    Map<EventType, JsonSchema> schemas = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      JsonSchema schema = FACTORY.getSchema(location(type.id()), CONFIG);
      schema.initializeValidators();
      schemas.put(type, schema);
    }
    return schemas;
  }

  private static JsonSchemaFactory factory() {
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .format(new TextFormat("date-time", text -> EventTime.time(text).isPresent()))
            .format(new TextFormat("date-or-date-time", text -> EventTime.date(text).isPresent()))
            .keyword(new NonValidationKeyword(CustomEventTypes.TOPIC))
            .build();
    // a loader of its own: the thread's class loader may not find the schemas
    return JsonSchemaFactory.getInstance(
        VersionFlag.V202012,
        builder ->
            builder
                .metaSchema(dialect)
                .schemaLoaders(
                    loaders ->
                        loaders.add(
                            iri ->
                                () ->
                                    EventSchemas.class.getResourceAsStream(path(iri.toString())))));
  }

  private static String path(String iri) {
    return "/schemas/" + iri.substring(iri.lastIndexOf('/') + 1);
  }

  /** Accepts a blank text; a required text has another rule in the schema. */
  private record TextFormat(String getName, Predicate<String> test) implements Format {

    @Override
    public boolean matches(ExecutionContext context, String text) {
      return text.isBlank() || test.test(text);
    }
  }
}
