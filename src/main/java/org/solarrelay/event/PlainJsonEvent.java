package org.solarrelay.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.solarrelay.event.normal.IdNormalizer;

/** Makes an event of a record that holds the event's data only. */
final class PlainJsonEvent {

  private static final String SOURCE = "crm";

  private PlainJsonEvent() {}

  /**
   * The event of a record. Its type is the first type of the topic; on {@code solar.projects} it is
   * {@code data.type}. Its subject is the key, else {@code data.id}, else the position.
   *
   * @param position {@code topic-partition-offset}, which becomes the event's id
   */
  static Event of(
      ObjectNode data, String topic, String position, String key, OffsetDateTime receivedAt) {
    String subject = IdNormalizer.isNoId(key) ? EventJson.recordId(data).orElse(position) : key;
    return Event.builder()
        .id(position)
        .source(SOURCE)
        .type(type(data, topic))
        .subject(subject)
        .time(receivedAt)
        .data(data)
        .build();
  }

  private static String type(ObjectNode data, String topic) {
    EventType first =
        Arrays.stream(EventType.values())
            .filter(type -> type.topic().equals(topic))
            .findFirst()
            .orElseThrow(
                () -> new InvalidMessageException("topic " + topic + " carries no events"));
    if (first != EventType.PROJECT_SUBMITTED) {
      return first.id();
    }
    if (data.path("type").isTextual()) {
      return data.path("type").textValue();
    }
    throw new InvalidMessageException(
        "bare JSON on %s names its event type in \"type\"; known are %s"
            .formatted(topic, EventTypeName.all()));
  }
}
