package org.solarrelay.event;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Formats the position of a Kafka record, {@code topic-partition-offset}, and reads its time. */
public final class RecordPosition {

  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private RecordPosition() {}

  /** The position of a record; also the id of an event that was sent as bare JSON. */
  public static String of(ConsumerRecord<?, ?> record) {
    return of(record.topic(), record.partition(), record.offset());
  }

  /** The position of a record that was just appended. */
  public static String of(RecordMetadata appended) {
    return of(appended.topic(), appended.partition(), appended.offset());
  }

  /** The position, from its parts. */
  public static String of(String topic, int partition, long offset) {
    return topic + "-" + partition + "-" + offset;
  }

  /** The record's time; the current time if the record has none, or a time after the year 9999. */
  public static Instant time(ConsumerRecord<?, ?> record) {
    long timestamp = record.timestamp();
    return timestamp < 0 || timestamp > LATEST ? Instant.now() : Instant.ofEpochMilli(timestamp);
  }
}
