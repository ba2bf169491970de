package org.solarrelay.topic.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Builds a record for {@code solar.dead-letters}: the original key, value and headers, and {@code
 * relay_} headers with the stage and the reason of the failure.
 */
public final class DeadLetterRecord {

  private static final List<String> HEADERS =
      List.of(
          "relay_stage", "relay_reason", "relay_attempts", "relay_destination", "relay_event_id");

  private final byte[] key;
  private final byte[] value;
  private final Headers headers;

  private DeadLetterRecord(byte[] key, byte[] value, Headers headers) {
    this.key = key;
    this.value = value;
    this.headers = new RecordHeaders(headers);
    // a replayed message may have the headers of its earlier failure
    HEADERS.forEach(this.headers::remove);
  }

  /** Starts a dead letter of a consumed record. */
  public static DeadLetterRecord of(ConsumerRecord<byte[], byte[]> record) {
    return of(record.key(), record.value(), record.headers());
  }

  /** Starts a dead letter of a stored record. Key and value may be null. */
  public static DeadLetterRecord of(byte[] key, byte[] value, Headers headers) {
    return new DeadLetterRecord(key, value, headers);
  }

  /** Sets the stage that failed: translate, fan-out, deliver, or the id of an engineer's route. */
  public DeadLetterRecord stage(String stage) {
    return put("relay_stage", stage);
  }

  /** Sets the reason of the failure, a sentence. */
  public DeadLetterRecord reason(String reason) {
    return put("relay_reason", reason);
  }

  /** Sets the number of attempts. */
  public DeadLetterRecord attempts(int attempts) {
    return put("relay_attempts", Integer.toString(attempts));
  }

  /** Sets the destination of a dead delivery. */
  public DeadLetterRecord destination(String destination) {
    return put("relay_destination", destination);
  }

  /** Sets the id of the event. A message that became no event has none. */
  public DeadLetterRecord eventId(String eventId) {
    return put("relay_event_id", eventId);
  }

  /** Builds the record for {@code solar.dead-letters}. */
  public ProducerRecord<byte[], byte[]> build() {
    return new ProducerRecord<>(Topics.DEAD_LETTERS, null, key, value, headers);
  }

  /**
   * Removes the value and the sender's headers. For a record that arrived compressed and is too
   * large for the topic uncompressed: its {@code relay_} headers still lead to the original.
   */
  static ProducerRecord<byte[], byte[]> withoutBody(ProducerRecord<byte[], byte[]> letter) {
    RecordHeaders relays = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (header.key().startsWith("relay_")) {
        relays.add(header);
      }
    }
    int size = letter.value() == null ? 0 : letter.value().length;
    relays.add(
        "relay_left_out", "value, %d bytes".formatted(size).getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(letter.topic(), null, letter.key(), null, relays);
  }

  private DeadLetterRecord put(String name, String text) {
    headers.remove(name);
    if (text != null) {
      headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }
}
