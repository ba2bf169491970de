package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.Event;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

/** Appends records to their topics and waits for Kafka's acknowledgements. */
@Singleton
public class TopicSink implements RecordBatch.Sink<ProducerRecord<byte[], byte[]>> {

  private final RecordPublisher log;

  TopicSink(RecordPublisher log) {
    this.log = log;
  }

  /** Adds a derived event for the topic of its type. */
  public void send(BatchRecord cause, Event derived) {
    ProducerRecord<byte[], byte[]> record = RecordPublisher.record(derived);
    copyHeaders(record, cause);
    AcceptedTime.inherit(cause.record(), record.headers());
    cause.add(this, record);
  }

  /** Copies trace, accepted time and positions from a record to a record made from it. */
  static void copyHeaders(ProducerRecord<byte[], byte[]> sent, BatchRecord origin) {
    ReplayedRecord.inherit(origin.record().headers(), sent.headers());
    AcceptedTime.mark(origin.record(), sent.headers());
    if (origin.isWebhook()) {
      InboxPosition.mark(origin.record(), sent.headers());
    }
    RelayTracer.inject(sent.headers(), origin.trace());
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.TOPICS;
  }

  @Override
  public List<Rejected<ProducerRecord<byte[], byte[]>>> store(
      List<ProducerRecord<byte[], byte[]>> items) throws ExecutionException, InterruptedException {
    List<AppendResult> ends = log.append(items);
    List<Rejected<ProducerRecord<byte[], byte[]>>> rejected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ProducerRecord<byte[], byte[]> item = items.get(i);
      ends.get(i).reason().ifPresent(reason -> rejected.add(new Rejected<>(item, reason)));
    }
    return rejected;
  }
}
