package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomEventTypesTest {

  private static final String PATH = "schemas/permit.issued.schema.json";
  private static final String SCHEMA =
      """
      {"x-topic": "solar.projects", "$ref": "project.schema.json", "required": ["permit"],
       "properties": {"permit": {"$ref": "common.schema.json#/$defs/text"}}}""";

  @AfterEach
  void removeAddedTypes() {
    CustomEventTypes.adopt(Map.of());
  }

  @Test
  void aTypeThatAFileAddsIsReadFromItsTopic() {
    assertThat(CustomEventTypes.adopt(Map.of(PATH, SCHEMA, "fan-out.camel.yaml", "")))
        .containsExactly("permit.issued");

    Event event = read("solar.projects", "{\"type\":\"permit.issued\",\"permit\":\"B-17\"}");

    assertThat(event.type()).isEqualTo("permit.issued");
    assertThat(EventWriter.toRecord(event).topic()).isEqualTo("solar.projects");
    assertThat(StateScope.of(event)).isEmpty();
  }

  @Test
  void dataMustMatchTheSchemaAndItsReferences() {
    CustomEventTypes.adopt(Map.of(PATH, SCHEMA));

    assertThatThrownBy(() -> read("solar.projects", "{\"type\":\"permit.issued\"}"))
        .hasMessage("permit.issued: permit: missing");
    assertThatThrownBy(
            () ->
                read(
                    "solar.projects",
                    "{\"type\":\"permit.issued\",\"permit\":\"x\",\"install\":7}"))
        .hasMessageContaining("install: object expected");
  }

  @Test
  void aSchemaWithTheTopicOnlyAcceptsAnyData() {
    CustomEventTypes.adopt(Map.of(PATH, "{\"x-topic\":\"solar.projects\"}"));

    assertThat(read("solar.projects", "{\"type\":\"permit.issued\",\"x\":[1]}").type())
        .isEqualTo("permit.issued");
  }

  @Test
  void onAnotherTopicItIsRejected() {
    CustomEventTypes.adopt(Map.of(PATH, SCHEMA.replace("solar.projects", "solar.leads")));

    assertThatThrownBy(
            () -> read("solar.projects", "{\"type\":\"permit.issued\",\"permit\":\"x\"}"))
        .hasMessage("permit.issued belongs on topic solar.leads, not on solar.projects");
  }

  @Test
  void withoutItsFileItIsUnknownAndTheReasonListsTheTypes() {
    CustomEventTypes.adopt(Map.of(PATH, SCHEMA));
    CustomEventTypes.adopt(Map.of("schemas/permit.denied.schema.json", SCHEMA));

    assertThatThrownBy(
            () -> read("solar.projects", "{\"type\":\"permit.issued\",\"permit\":\"x\"}"))
        .hasMessageStartingWith("unknown event type 'permit.issued'; known are lead.submitted")
        .hasMessageEndingWith("permit.denied");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "permit.schema.json           | {}                              | this file is not read",
        "Permit.Issued.schema.json    | {}                              | this file is not read",
        "permit.issued.json           | {}                              | this file is not read",
        "lead.submitted.schema.json   | {}                              | lead.submitted is in the vocabulary already",
        "permit.issued.schema.json    | {                               | not JSON: line 1",
        "permit.issued.schema.json    | {}                              | \"x-topic\" says which topic",
        "permit.issued.schema.json    | {\"x-topic\":\"solar.inbox\"}   | \"x-topic\" says which topic",
        "permit.issued.schema.json    | {\"x-topic\":\"solar.leads\",\"type\":\"objekt\"} | no JSON Schema: type",
        "permit.issued.schema.json    | {\"x-topic\":\"solar.leads\",\"$ref\":\"none.schema.json\"} | no JSON Schema that can be used"
      })
  void anInvalidFileIsRejectedWithAnExample(String file, String text, String why) {
    assertThatThrownBy(() -> CustomEventTypes.check("schemas/" + file, text))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(why);
    assertThat(CustomEventTypes.adopt(Map.of("schemas/" + file, text))).isEmpty();
  }

  private static Event read(String topic, String data) {
    return EventReader.read(
        topic, 2, 42, 0, "P-901", new RecordHeaders(), data.getBytes(StandardCharsets.UTF_8));
  }
}
