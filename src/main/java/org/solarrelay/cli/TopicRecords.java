package org.solarrelay.cli;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Creates Kafka records in the three forms that producers may write. */
final class TopicRecords {

  private TopicRecords() {}

  /** Plain data. */
  static ProducerRecord<byte[], byte[]> plain(String topic, String key, OutgoingMessage data) {
    return new ProducerRecord<>(topic, key == null ? null : bytes(key), data.bytes());
  }

  /** A structured CloudEvent; the default key is the subject. */
  static ProducerRecord<byte[], byte[]> structured(
      String topic, String key, OutgoingMessage event) {
    ProducerRecord<byte[], byte[]> record =
        plain(topic, key == null ? event.field("subject") : key, event);
    add(record.headers(), "content-type", event.contentType());
    return record;
  }

  /**
   * A binary CloudEvent: data, with the attributes in headers.
   *
   * @param key the record's key; null for the subject
   * @param id the event's id; null for a new one
   * @param subject may be null
   */
  static ProducerRecord<byte[], byte[]> binary(
      String topic,
      String key,
      OutgoingMessage data,
      String id,
      String source,
      String type,
      String subject) {
    ProducerRecord<byte[], byte[]> record = plain(topic, key == null ? subject : key, data);
    Headers headers = record.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", id == null ? UUID.randomUUID().toString() : id);
    add(headers, "ce_source", source);
    add(headers, "ce_type", type);
    if (subject != null) {
      add(headers, "ce_subject", subject);
    }
    add(headers, "content-type", data.contentType());
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
