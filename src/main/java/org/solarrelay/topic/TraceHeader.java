package org.solarrelay.topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.TraceSpan;

/** Records that tell the step of a trace which whoever reads them goes on after. */
public final class TraceHeader {

  private TraceHeader() {}

  /** The record with that step in its headers; as it is, where there is no trace. */
  public static ConsumerRecord<byte[], byte[]> record(
      ConsumerRecord<byte[], byte[]> record, TraceSpan step) {
    if (step == TraceSpan.NONE) {
      return record;
    }
    // a copy: the same record is read again where its batch has to be
    Headers headers = new RecordHeaders(record.headers());
    RelayTracer.mark(headers, step);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        headers,
        record.leaderEpoch());
  }
}
