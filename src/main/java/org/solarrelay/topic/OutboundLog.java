package org.solarrelay.topic;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The one producer behind events, outcomes and dead letters. */
@Singleton
public class OutboundLog {

  private final KafkaClients clients;
  private Producer<byte[], byte[]> producer;

  OutboundLog(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * Appends all of them and waits for every acknowledgement, in the order given per key.
   *
   * @throws ExecutionException where one was not acknowledged; others may have been
   */
  public void append(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      acknowledgements.add(producer().send(record));
    }
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = clients.producer();
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
