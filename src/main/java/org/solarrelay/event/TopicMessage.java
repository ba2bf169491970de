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
 * A message on a Kafka topic, the body of a route from {@code topic:}. The message is parsed when a
 * step reads its body, so a route may also forward bytes that are not JSON.
 */
public final class TopicMessage {

  private static final String RELAY_PREFIX = "relay_";

  private final ConsumerRecord<byte[], byte[]> record;
  private JsonNode body;

  private TopicMessage(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  /** The message in a record. */
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

  /** The record's key as text; a key that is not UTF-8 becomes hexadecimal digits. */
  public Optional<String> key() {
    return Optional.ofNullable(record.key()).map(key -> RecordKey.of(key).text());
  }

  /** The producer's headers by name; of several headers with one name the last one. */
  public Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(RELAY_PREFIX)) {
        headers.put(
            header.key(),
            header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  /** The record's timestamp. */
  public OffsetDateTime time() {
    return RecordPosition.time(record).atOffset(ZoneOffset.UTC);
  }

  /**
   * The value as JSON.
   *
   * @throws InvalidMessageException if the value is null or not JSON
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

  /** The value's bytes, unchanged; empty where the value is null. */
  public Optional<byte[]> value() {
    return Optional.ofNullable(record.value());
  }
}
