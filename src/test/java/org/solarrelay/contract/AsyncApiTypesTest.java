package org.solarrelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.EventType;

/** Each topic of the AsyncAPI document carries exactly the event types of the code. */
class AsyncApiTypesTest {

  private static final Map<String, String> BARE =
      Map.of(
          "solar.leads", "bareLead",
          "solar.projects", "bareProject",
          "solar.enrollments", "bareEnrollment");

  @ParameterizedTest
  @EnumSource
  void eachTypeIsOnItsTopicWithItsSchema(EventType type) {
    List<Node> found =
        messages(type.topic()).values().stream()
            .filter(message -> message.text("name").equals(type.id()))
            .toList();

    assertThat(found).as("message " + type.id() + " on " + type.topic()).hasSize(1);
    assertThat(found.get(0).get("payload").get("schema").target().file())
        .isEqualTo(Node.schema(type.id()).file());
    assertThat(found.get(0).get("headers").json().at("/allOf/1/properties/ce_type/const").asText())
        .isEqualTo(type.id());
  }

  @Test
  void noTypeIsOnAnotherTopic() {
    for (Node channel : Node.ASYNCAPI.get("channels").members().values()) {
      assertThat(channel.get("messages").members().values())
          .extracting(message -> message.text("name"))
          .filteredOn(name -> name.contains("."))
          .allMatch(
              name -> EventType.of(name).orElseThrow().topic().equals(channel.text("address")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEnvelopeListsTheType(EventType type) {
    assertThat(Node.schema("cloudevent").get("properties").get("type").get("enum").texts())
        .contains(type.id());
  }

  @ParameterizedTest
  @EnumSource
  void plainJsonIsReadAsDocumented(EventType type) {
    ObjectNode data = Node.schema(type.id()).get("examples").json().get(0).deepCopy();
    boolean named = type.topic().equals("solar.projects");
    if (named) {
      data.put("type", type.id());
    }
    Node bare = messages(type.topic()).get(BARE.get(type.topic())).get("payload").get("schema");

    Event event =
        EventReader.read(
            type.topic(),
            0,
            0,
            0,
            "key",
            new RecordHeaders(),
            data.toString().getBytes(StandardCharsets.UTF_8));

    if (named || type == EventType.LEAD_SUBMITTED || type == EventType.ENROLLMENT_CHANGED) {
      assertThat(event.type()).isEqualTo(type.id());
      assertThat(StrictSchemaValidator.errors(bare, data)).isEmpty();
    } else {
      assertThat(event.type()).isEqualTo("lead.submitted");
    }
  }

  @Test
  void plainJsonWithoutAProjectTypeIsNotDocumented() {
    ObjectNode data = Node.schema("project.submitted").get("examples").json().get(0).deepCopy();
    Node bare = messages("solar.projects").get("bareProject").get("payload").get("schema");

    assertThat(StrictSchemaValidator.errors(bare, data)).isNotEmpty();
  }

  private static Map<String, Node> messages(String topic) {
    return Node.ASYNCAPI.get("channels").members().values().stream()
        .filter(channel -> channel.text("address").equals(topic))
        .map(channel -> channel.get("messages").members())
        .findFirst()
        .orElseThrow();
  }
}
