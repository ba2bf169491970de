package org.solarrelay.event;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
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
 * class path. Compiled once; safe for any number of threads.
 */
public final class EventSchemas {

  private static final int MOST_ERRORS_SHOWN = 10;

  private static final Map<EventType, JsonSchema> SCHEMAS = compile();

  private EventSchemas() {}

  /**
   * Says nothing where the data is as its type's schema asks.
   *
   * @throws InvalidMessageException naming each offending field and what is expected there, but no
   *     value: data is personal and the text reaches logs
   */
  public static void check(EventType type, JsonNode data) {
    Set<ValidationMessage> errors = SCHEMAS.get(type).validate(data);
    if (errors.isEmpty()) {
      return;
    }
    var texts = errors.stream().map(SchemaError::text).distinct().toList();
    String shown = texts.stream().limit(MOST_ERRORS_SHOWN).collect(joining("; "));
    int more = texts.size() - MOST_ERRORS_SHOWN;
    throw new InvalidMessageException(
        type.id() + ": " + shown + (more > 0 ? "; and %d more".formatted(more) : ""));
  }

  private static Map<EventType, JsonSchema> compile() {
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .format(new TextFormat("date-time", text -> EventTime.time(text).isPresent()))
            .format(new TextFormat("date-or-date-time", text -> EventTime.date(text).isPresent()))
            .build();
    // own loader: the thread that comes first may have a class loader that does not see us
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder
                    .metaSchema(dialect)
                    .schemaLoaders(
                        loaders ->
                            loaders.add(
                                iri ->
                                    () ->
                                        EventSchemas.class.getResourceAsStream(
                                            path(iri.toString())))));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .errorMessageKeyword("errorMessage")
            .build();
    Map<EventType, JsonSchema> schemas = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      JsonSchema schema =
          factory.getSchema(
              SchemaLocation.of("classpath:schemas/" + type.id() + ".schema.json"), config);
      schema.initializeValidators();
      schemas.put(type, schema);
    }
    return schemas;
  }

  private static String path(String iri) {
    return "/schemas/" + iri.substring(iri.lastIndexOf('/') + 1);
  }

  /** A blank text is as good as none; where one is required, the schema says so otherwise. */
  private record TextFormat(String getName, Predicate<String> test) implements Format {

    @Override
    public boolean matches(ExecutionContext context, String text) {
      return text.isBlank() || test.test(text);
    }
  }
}
