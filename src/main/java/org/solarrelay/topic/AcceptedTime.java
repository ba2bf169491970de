package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.RecordPosition;

/**
 * When the relay took responsibility for what became an event: its webhook was answered 202, or its
 * producer's record was on the topic. An event's own time may be whatever its sender says.
 */
public final class AcceptedTime {

  private static final String HEADER = "relay_time";

  private AcceptedTime() {}

  /** Notes on an event's record when the message that it is made of was accepted. */
  static void mark(ConsumerRecord<byte[], byte[]> message, Headers event) {
    mark(RecordPosition.time(message), event);
  }

  /** A derived event was accepted when the event was that it is derived from. */
  static void inherit(ConsumerRecord<byte[], byte[]> cause, Headers event) {
    mark(at(cause), event);
  }

  private static void mark(Instant time, Headers event) {
    event.remove(HEADER);
    event.add(HEADER, time.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** When that was, of an event's record. */
  public static Instant at(ConsumerRecord<byte[], byte[]> event) {
    Header header = event.headers().lastHeader(HEADER);
    Optional<Instant> told =
        header == null || header.value() == null
            ? Optional.empty()
            : EventTime.time(new String(header.value(), StandardCharsets.UTF_8))
                .map(OffsetDateTime::toInstant);
    return told.orElse(RecordPosition.time(event));
  }
}
