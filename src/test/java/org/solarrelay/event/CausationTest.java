package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event that an event is derived from, over Kafka and in a callback. */
class CausationTest {

  private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-03-25T19:45:00Z");

  private final Event parent = event("co-1", "enerflo", "change-order.signed", "901");
  private final Event child =
      parent.derive(event("note", "relay", "project.note-added", "enerflo:901"), "co-1");

  @Test
  void aDerivedEventIsTheSameAfterKafka() {
    ProducerRecord<String, byte[]> record = EventWriter.toRecord(child);

    Event read =
        EventReader.read(record.topic(), 0, 0, 0, record.key(), record.headers(), record.value());

    assertThat(read.causation()).isEqualTo(new Causation("enerflo", "co-1", 1));
    assertThat(read.record()).isEqualTo("enerflo:901");
    assertThat(record.key()).isEqualTo("enerflo:901");
  }

  @Test
  void itsExtensionsAreInTheEnvelope() {
    assertThat(new String(EventWriter.toEnvelope(child), StandardCharsets.UTF_8))
        .contains(
            "\"causationid\":\"co-1\"", "\"causationsource\":\"enerflo\"", "\"generation\":1");
    assertThat(EventReader.read(EventJson.parse(EventWriter.toEnvelope(child)), TIME).causation())
        .isEqualTo(child.causation());
  }

  @Test
  void normalisationKeepsIt() {
    assertThat(child.normalized().causation()).isEqualTo(child.causation());
    assertThat(child.withData(child.data()).causation()).isEqualTo(child.causation());
  }

  /** A producer may use the names for something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"causationid\":\"x\"",
        "\"causationid\":7,\"causationsource\":{},\"generation\":\"many\"",
        "\"causationid\":\"x\",\"causationsource\":\"crm\",\"generation\":1"
      })
  void anEventOfASystemHasNone(String extensions) {
    String envelope =
        """
        {"specversion":"1.0","id":"1","source":"crm","type":"lead.changed","subject":"S",%s,
         "data":{"email":"ada@example.com"}}"""
            .formatted(extensions);

    Event event =
        EventReader.read(EventJson.parse(envelope.getBytes(StandardCharsets.UTF_8)), TIME);

    assertThat(event.causation()).isNull();
    assertThat(event.generation()).isZero();
    assertThat(event.record()).isEqualTo("crm:S");
  }

  private static Event event(String id, String source, String type, String subject) {
    byte[] data = "{\"note\":\"n\"}".getBytes(StandardCharsets.UTF_8);
    return Event.builder()
        .id(id)
        .source(source)
        .type(type)
        .subject(subject)
        .time(TIME)
        .data(EventJson.parseObject(data))
        .build();
  }
}
