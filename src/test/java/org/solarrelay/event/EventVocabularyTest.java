package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a producer reads, schemas and samples, is true. */
class EventVocabularyTest {

  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");

  @ParameterizedTest
  @EnumSource
  void everyEventTypeHasASampleTheRelayTakes(EventType type) throws IOException {
    Path sample = Path.of("routes/samples/event-" + type.id() + ".json");
    Event event =
        EventReader.read(EventJson.parse(Files.readAllBytes(sample)), OffsetDateTime.now());
    assertThat(event.type()).isEqualTo(type.id());
    assertThat(event.data()).isNotEmpty();
  }

  @Test
  void everyLeadSampleFillsTheRecordItIsReadInto() throws IOException {
    Path sample = Path.of("routes/samples/event-lead.submitted.json");
    JsonNode data = EventJson.parse(Files.readAllBytes(sample)).path("data");
    assertThat(EventData.write(EventData.read(data, Lead.class))).isEqualTo(data);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyPropertyIsDescribedAndHasAnExample(Path schema) throws IOException {
    for (ObjectNode property : properties(EventJson.parse(Files.readAllBytes(schema)))) {
      assertThat(property.path("description").textValue()).as("%s", property).isNotBlank();
      assertThat(property.path("examples")).as("%s", property).isNotEmpty();
    }
  }

  @Test
  void everyExampleOfALeadFieldIsAccepted() throws IOException {
    everyExampleIsAccepted("lead", EventType.LEAD_CHANGED, EventJson.MAPPER.createObjectNode());
  }

  @ParameterizedTest
  @EnumSource
  void everyExampleOfAFieldIsAccepted(EventType type) throws IOException {
    Path sample = Path.of("routes/samples/event-" + type.id() + ".json");
    JsonNode data = EventJson.parse(Files.readAllBytes(sample)).path("data");
    everyExampleIsAccepted(type.id(), type, (ObjectNode) data);
  }

  @Test
  void theLeadRecordAndItsSchemaHaveTheSameFields() throws IOException {
    JsonNode schema = EventJson.parse(Files.readAllBytes(SCHEMAS.resolve("lead.schema.json")));
    List<String> fields =
        Stream.of(Lead.class.getRecordComponents()).map(component -> component.getName()).toList();
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .filteredOn(name -> !name.equals("id"))
        .containsExactlyElementsOf(fields);
  }

  static Stream<Path> schemas() throws IOException {
    return Files.list(SCHEMAS);
  }

  private static void everyExampleIsAccepted(String schema, EventType type, ObjectNode base)
      throws IOException {
    JsonNode json = EventJson.parse(Files.readAllBytes(SCHEMAS.resolve(schema + ".schema.json")));
    json.path("properties")
        .properties()
        .forEach(
            property ->
                property
                    .getValue()
                    .path("examples")
                    .forEach(
                        example ->
                            EventSchemas.check(
                                type, base.deepCopy().set(property.getKey(), example))));
  }

  /** All property schemas, except those that only forbid (they are inside a "not"). */
  private static List<ObjectNode> properties(JsonNode schema) {
    List<ObjectNode> found = new ArrayList<>();
    schema
        .properties()
        .forEach(
            keyword -> {
              if (keyword.getKey().equals("properties")) {
                keyword.getValue().forEach(property -> found.add((ObjectNode) property));
              }
              if (!keyword.getKey().equals("not") && !keyword.getKey().equals("examples")) {
                found.addAll(properties(keyword.getValue()));
              }
            });
    return found;
  }
}
