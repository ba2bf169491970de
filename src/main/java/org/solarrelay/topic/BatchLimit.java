package org.solarrelay.topic;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Cuts the records of a poll into batches of limited size. A record above the limit is a batch
 * alone.
 *
 * @param bytes the maximum size of keys, values and headers in a batch
 * @param onCut runs each time a poll is cut
 */
record BatchLimit(long bytes, Runnable onCut) {

  /** Returns the index after the last record of the batch that begins at {@code start}. */
  int end(List<ConsumerRecord<byte[], byte[]>> records, int start) {
    int end = start;
    long sum = 0;
    while (end < records.size()) {
      sum += size(records.get(end));
      if (sum > bytes && end > start) {
        onCut.run();
        return end;
      }
      end++;
    }
    return end;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long headers = 0;
    for (var header : record.headers()) {
      headers += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize())
        + headers;
  }
}
