package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.topic.client.Appended;
import org.solarrelay.topic.client.OutboundLog;

/** Appends records to their topics and waits for Kafka's acknowledgements. */
@Singleton
class TopicSink implements Batch.Sink<ProducerRecord<byte[], byte[]>> {

  private final OutboundLog log;

  TopicSink(OutboundLog log) {
    this.log = log;
  }

  @Override
  public Batch.Phase phase() {
    return Batch.Phase.TOPICS;
  }

  @Override
  public List<Rejected<ProducerRecord<byte[], byte[]>>> store(
      List<ProducerRecord<byte[], byte[]>> items) throws ExecutionException, InterruptedException {
    List<Appended> ends = log.append(items);
    List<Rejected<ProducerRecord<byte[], byte[]>>> rejected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ProducerRecord<byte[], byte[]> item = items.get(i);
      ends.get(i).reason().ifPresent(reason -> rejected.add(new Rejected<>(item, reason)));
    }
    return rejected;
  }
}
