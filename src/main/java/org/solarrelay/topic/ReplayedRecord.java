package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.event.EventTime;

/**
 * A replayed dead letter of translate or fan-out. The header {@code relay_first_sent} keeps the
 * original timestamp, which counts as the event's time. The record's own timestamp is the replay's,
 * because the broker deletes old records.
 */
public final class ReplayedRecord {

  private static final String HEADER = "relay_first_sent";

  private ReplayedRecord() {}

  /** Creates the record of a replay. */
  public static ProducerRecord<byte[], byte[]> record(
      String topic, byte[] key, byte[] value, Headers headers, Instant firstSent) {
    Headers marked = new RecordHeaders(headers);
    mark(marked, firstSent.toString().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(topic, null, key, value, marked);
  }

  /** Whether the headers belong to a replayed record, or to an event made from one. */
  public static boolean isReplayed(Headers headers) {
    return firstSent(headers).isPresent();
  }

  /** Restores the original timestamp of a replayed record; returns any other record unchanged. */
  static ConsumerRecord<byte[], byte[]> withOriginalTime(ConsumerRecord<byte[], byte[]> record) {
    return firstSent(record.headers()).map(time -> with(record, time)).orElse(record);
  }

  /** Copies the header from a replayed record to a record made from it. */
  static void inherit(Headers from, Headers to) {
    if (isReplayed(from)) {
      mark(to, from.lastHeader(HEADER).value());
    }
  }

  private static void mark(Headers headers, byte[] time) {
    headers.remove(HEADER);
    headers.add(HEADER, time);
  }

  private static Optional<Instant> firstSent(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null
        ? Optional.empty()
        : EventTime.time(new String(header.value(), StandardCharsets.UTF_8))
            .map(OffsetDateTime::toInstant);
  }

  private static ConsumerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> record, Instant time) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        time.toEpochMilli(),
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        record.headers(),
        record.leaderEpoch());
  }
}
