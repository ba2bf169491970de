package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the event in a Kafka record: a CloudEvent 1.0 in binary or structured mode, or bare JSON
 * data. The returned event has a known type, is on the topic of its type, has normalised values and
 * matches its schema.
 */
public final class EventReader {

  private EventReader() {}

  /** Reads a record; see {@link #read(String, int, long, long, String, Headers, byte[])}. */
  public static Event read(ConsumerRecord<byte[], byte[]> record) {
    return checked(parsed(record), record.topic());
  }

  /**
   * Reads a record that was read before, without checking its schema: a schema that has changed
   * since then must not make the record unreadable.
   */
  public static Event reread(ConsumerRecord<byte[], byte[]> record) {
    return parsed(record).normalized();
  }

  private static Event parsed(ConsumerRecord<byte[], byte[]> record) {
    RecordKey key = record.key() == null ? null : RecordKey.of(record.key());
    Event event =
        parsed(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            key == null ? null : key.text(),
            record.headers(),
            record.value());
    return key == null || !event.subject().equals(key.text())
        ? event
        : event.withNotes(key.notes());
  }

  /**
   * Reads a record.
   *
   * @param timestamp the record's time in epoch milliseconds; negative where it has none
   * @param key the record's key; null where it has none
   * @param value the record's bytes; null for a tombstone
   * @throws InvalidMessageException if the record has no valid event; the text says what is wrong
   *     and where, without any value of the data
   */
  public static Event read(
      String topic,
      int partition,
      long offset,
      long timestamp,
      String key,
      Headers headers,
      byte[] value) {
    return checked(parsed(topic, partition, offset, timestamp, key, headers, value), topic);
  }

  private static Event parsed(
      String topic,
      int partition,
      long offset,
      long timestamp,
      String key,
      Headers headers,
      byte[] value) {
    if (value == null) {
      throw new InvalidMessageException("null record: an event has a value");
    }
    OffsetDateTime receivedAt = timeOf(timestamp);
    String contentType = contentType(headers);
    if (contentType.startsWith("application/cloudevents")) {
      requireSingleJson(contentType);
      return CloudEventReader.structured(EventJson.parse(value), receivedAt);
    }
    if (CloudEventReader.isBinary(headers)) {
      return CloudEventReader.binary(headers, value, receivedAt);
    }
    ObjectNode data = EventJson.parseObject(value);
    if (data.has("specversion")) {
      return CloudEventReader.structured(data, receivedAt);
    }
    String position = topic + "-" + partition + "-" + offset;
    return PlainJsonEvent.of(data, topic, position, key, receivedAt);
  }

  /**
   * Reads a structured CloudEvent from a webhook.
   *
   * @param envelope the CloudEvent with its {@code data}
   * @param receivedAt the event's time, if the CloudEvent has none
   * @throws InvalidMessageException as {@link #read(ConsumerRecord)}
   */
  public static Event read(JsonNode envelope, OffsetDateTime receivedAt) {
    return checked(CloudEventReader.structured(envelope, receivedAt));
  }

  /** Whether the headers are those of an event that reconciliation made. */
  public static boolean isReconciled(Headers headers) {
    return CloudEventReader.isReconciled(headers);
  }

  private static Event checked(Event parsed, String topic) {
    String topicOfType = EventTypeName.topicOf(parsed.type());
    if (!topicOfType.equals(topic)) {
      throw new InvalidMessageException(
          "%s belongs on topic %s, not on %s".formatted(parsed.type(), topicOfType, topic));
    }
    return checked(parsed);
  }

  /** Normalises the event, and checks its type, attributes and data. */
  static Event checked(Event parsed) {
    Event event = parsed.normalized();
    EventTypeName.topicOf(event.type());
    AttributeLimits.check("id", event.id());
    AttributeLimits.check("source", event.source());
    AttributeLimits.check("subject", event.subject());
    AttributeLimits.check("receipt", event.receipt());
    if (event.causation() != null) {
      AttributeLimits.check(CausationExtension.SOURCE, event.causation().source());
      AttributeLimits.check(CausationExtension.ID, event.causation().id());
    }
    EventSchemas.check(event.type(), event.data());
    return event;
  }

  private static void requireSingleJson(String contentType) {
    String mediaType = contentType.split(";", 2)[0].strip();
    if (!mediaType.equals("application/cloudevents+json")) {
      throw new InvalidMessageException(
          "content-type %s is not supported: use application/cloudevents+json, one event per record"
              .formatted(AttributeLimits.shown(mediaType)));
    }
  }

  private static String contentType(Headers headers) {
    Header header = headers.lastHeader("content-type");
    return header == null ? "" : AttributeLimits.of(header).strip().toLowerCase(Locale.ROOT);
  }

  private static OffsetDateTime timeOf(long timestamp) {
    Instant instant = timestamp < 0 ? Instant.now() : Instant.ofEpochMilli(timestamp);
    return instant.atOffset(ZoneOffset.UTC);
  }
}
