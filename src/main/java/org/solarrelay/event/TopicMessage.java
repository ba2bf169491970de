package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A message on a Kafka topic, as a route from {@code topic:} gets it. Its body is parsed when a
 * step asks for it: a route may also pass on bytes that are no JSON.
 */
public final class TopicMessage {

  private static final String RELAYS_HEADER = "relay_";

  private final ConsumerRecord<byte[], byte[]> record;
  private JsonNode body;

  private TopicMessage(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  /** The message in a record, whose timestamp is the message's time. */
  public static TopicMessage of(ConsumerRecord<byte[], byte[]> record) {
    return new TopicMessage(record);
  }

  public String topic() {
    return record.topic();
  }

  /** {@code topic-partition-offset}. */
  public String position() {
    return RecordPosition.of(record);
  }

  /** The record's key as text; bytes that are no UTF-8 are hexadecimal digits. */
  public Optional<String> key() {
    return Optional.ofNullable(record.key()).map(key -> RecordKey.of(key).text());
  }

  /** The producer's headers by name, the last of each name. */
  public Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(RELAYS_HEADER)) {
        headers.put(
            header.key(),
            header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  /** When the message was sent. */
  public OffsetDateTime time() {
    return RecordPosition.time(record).atOffset(ZoneOffset.UTC);
  }

  /**
   * The value as JSON.
   *
   * @throws InvalidMessageException where it is null or no JSON
   */
  public synchronized JsonNode body() {
    if (record.value() == null) {
      throw new InvalidMessageException("the record is null");
    }
    if (body == null) {
      body = EventJson.parse(record.value());
    }
    return body;
  }

  /** The value as it was sent; empty where it is null. */
  public Optional<byte[]> value() {
    return Optional.ofNullable(record.value());
  }
}
