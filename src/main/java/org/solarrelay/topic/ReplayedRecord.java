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
 * A message that had become a dead letter before fan-out and lies on its topic once more. A header
 * says when it was there first: that is when what it tells of happened, however long it took to
 * mend what it failed on. The record's own timestamp is the present, for the broker drops what is
 * old.
 */
public final class ReplayedRecord {

  private static final String HEADER = "relay_first_sent";

  private ReplayedRecord() {}

  /** The same message, to be sent again. */
  public static ProducerRecord<byte[], byte[]> record(
      String topic, byte[] key, byte[] value, Headers headers, Instant firstSent) {
    Headers marked = new RecordHeaders(headers);
    mark(marked, firstSent.toString().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(topic, null, key, value, marked);
  }

  /** Whether these are the headers of one that was sent again, or of an event made from it. */
  public static boolean is(Headers headers) {
    return firstSent(headers).isPresent();
  }

  /** The record with the time of its first sending; any other as it is. */
  static ConsumerRecord<byte[], byte[]> atItsTime(ConsumerRecord<byte[], byte[]> record) {
    return firstSent(record.headers()).map(time -> with(record, time)).orElse(record);
  }

  /** What is made of a message that was sent again was sent again. */
  static void inherit(Headers from, Headers to) {
    if (is(from)) {
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
