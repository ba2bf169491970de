package org.solarrelay.event;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where a record stands in the log, and since when. */
public final class RecordPosition {

  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private RecordPosition() {}

  /** {@code topic-partition-offset}, which is also the id of an event that came as bare JSON. */
  public static String of(ConsumerRecord<?, ?> record) {
    return of(record.topic(), record.partition(), record.offset());
  }

  /** The same, of one just appended. */
  public static String of(RecordMetadata appended) {
    return of(appended.topic(), appended.partition(), appended.offset());
  }

  /** The same, of its parts. */
  public static String of(String topic, int partition, long offset) {
    return topic + "-" + partition + "-" + offset;
  }

  /** The record's time; now, where its producer gave it none or one that no calendar holds. */
  public static Instant time(ConsumerRecord<?, ?> record) {
    long timestamp = record.timestamp();
    return timestamp < 0 || timestamp > LATEST ? Instant.now() : Instant.ofEpochMilli(timestamp);
  }
}
