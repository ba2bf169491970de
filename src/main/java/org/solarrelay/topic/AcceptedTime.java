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
 * The time at which the relay accepted the message behind an event, as the header {@code
 * relay_time} of the event's record. A webhook is accepted with the response 202, a producer's
 * record when it is on its topic. An event's own time is the sender's claim.
 */
public final class AcceptedTime {

  private static final String HEADER = "relay_time";

  private AcceptedTime() {}

  /** Sets the header of an event from the message that the event is made of. */
  static void mark(ConsumerRecord<byte[], byte[]> message, Headers event) {
    mark(RecordPosition.time(message), event);
  }

  /** Sets the header of a derived event from its causing event. */
  static void inherit(ConsumerRecord<byte[], byte[]> cause, Headers event) {
    mark(at(cause), event);
  }

  private static void mark(Instant time, Headers event) {
    event.remove(HEADER);
    event.add(HEADER, time.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the header of an event's record; the record's own time where the header is missing. */
  public static Instant at(ConsumerRecord<byte[], byte[]> event) {
    Header header = event.headers().lastHeader(HEADER);
    Optional<Instant> accepted =
        header == null || header.value() == null
            ? Optional.empty()
            : EventTime.time(new String(header.value(), StandardCharsets.UTF_8))
                .map(OffsetDateTime::toInstant);
    return accepted.orElse(RecordPosition.time(event));
  }
}
