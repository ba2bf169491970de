package org.solarrelay;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.solarrelay.event.EventType;

/** Sends messages to topics like the company's own producers. */
public final class Producers {

  private Producers() {}

  /** Sends plain data; null for a tombstone. */
  public static RecordMetadata send(String topic, String key, String value) {
    return send(
        new ProducerRecord<>(
            topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends plain data with headers. */
  public static RecordMetadata send(
      String topic, String key, String value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8));
    headers.forEach((n, v) -> record.headers().add(n, v.getBytes(StandardCharsets.UTF_8)));
    return send(record);
  }

  /**
   * Sends a binary CloudEvent to the topic of its type.
   *
   * @return the event's id
   */
  public static String event(String source, EventType type, String subject, String data) {
    String id = UUID.randomUUID().toString();
    send(
        type.topic(),
        subject,
        data,
        Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            id,
            "ce_source",
            source,
            "ce_type",
            type.id(),
            "ce_subject",
            subject,
            "content-type",
            "application/json"));
    return id;
  }

  /** Sends a record. */
  public static RecordMetadata sendBytes(ProducerRecord<byte[], byte[]> record) {
    try {
      return SharedProducer.PRODUCER.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static RecordMetadata send(ProducerRecord<String, byte[]> record) {
    byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
    return sendBytes(
        new ProducerRecord<>(
            record.topic(),
            record.partition(),
            record.timestamp(),
            key,
            record.value(),
            record.headers()));
  }

  /** One producer for all tests, because the start of a producer takes longer than sending. */
  private static final class SharedProducer {
    private static final Producer<byte[], byte[]> PRODUCER =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, RelayEnvironment.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }
}
