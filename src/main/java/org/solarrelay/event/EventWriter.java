package org.solarrelay.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes an event as a CloudEvent 1.0. {@link EventReader} reads back the same event. */
public final class EventWriter {

  private static final EventFormat JSON = new JsonFormat();

  private EventWriter() {}

  /**
   * The event in binary mode: its type's topic, its record as key, attributes as {@code ce_*}
   * headers, data as value.
   *
   * @throws InvalidMessageException if its type is unknown, or its source is no URI reference
   */
  public static ProducerRecord<String, byte[]> toRecord(Event event) {
    String topic = EventTypeName.topicOf(event.type());
    return KafkaMessageFactory.createWriter(topic, event.record())
        .writeBinary(withContentKey(event));
  }

  /**
   * The event in structured mode, UTF-8 JSON of type {@code application/cloudevents+json}.
   *
   * @throws InvalidMessageException if its source is no URI reference
   */
  public static byte[] toEnvelope(Event event) {
    return JSON.serialize(cloudEvent(event));
  }

  private static CloudEvent withContentKey(Event event) {
    CloudEvent written = cloudEvent(event);
    return event.contentKey() == null
        ? written
        : CloudEventBuilder.from(written)
            .withExtension("contentkey", event.contentKey().toString())
            .build();
  }

  private static CloudEvent cloudEvent(Event event) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(CloudEventAttributes.source(event.source()))
            .withType(event.type())
            .withSubject(event.subject())
            .withTime(event.time())
            .withData("application/json", EventJson.bytes(event.data()));
    if (event.receipt() != null) {
      builder.withExtension("receipt", event.receipt());
    }
    if (event.derivedId()) {
      builder.withExtension("derivedid", true);
    }
    if (event.reconciled()) {
      builder.withExtension(CloudEventReader.RECONCILED, true);
    }
    if (!event.notes().isEmpty()) {
      builder.withExtension(EventNotes.NAME, EventNotes.write(event.notes()));
    }
    if (event.causation() != null) {
      CausationExtension.write(event.causation(), builder);
    }
    return builder.build();
  }
}
