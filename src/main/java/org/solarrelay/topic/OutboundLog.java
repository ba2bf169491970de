package org.solarrelay.topic;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventWriter;

/** The one producer behind events, outcomes and dead letters. */
@Singleton
public class OutboundLog {

  private final KafkaClients clients;
  private Producer<byte[], byte[]> producer;

  OutboundLog(KafkaClients clients) {
    this.clients = clients;
  }

  /** The record of an event, for its topic. */
  public static ProducerRecord<byte[], byte[]> record(Event event) {
    ProducerRecord<String, byte[]> written = EventWriter.toRecord(event);
    byte[] key = written.key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(written.topic(), null, key, written.value(), written.headers());
  }

  /**
   * Appends all of them and waits for every acknowledgement, in the order given per key.
   *
   * @return where each of them stands
   * @throws ExecutionException where one was not acknowledged; others may have been
   */
  public List<RecordMetadata> append(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      acknowledgements.add(producer().send(record));
    }
    List<RecordMetadata> places = new ArrayList<>(records.size());
    for (int i = 0; i < acknowledgements.size(); i++) {
      places.add(awaitAcknowledgement(acknowledgements.get(i), records.get(i)));
    }
    return places;
  }

  private RecordMetadata awaitAcknowledgement(
      Future<RecordMetadata> acknowledgement, ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    try {
      return acknowledgement.get();
    } catch (ExecutionException e) {
      boolean tooLarge = e.getCause() instanceof RecordTooLargeException;
      if (!tooLarge || !record.topic().equals(Topics.DEAD_LETTERS)) {
        throw e;
      }
      return producer().send(DeadLetter.withoutBody(record)).get();
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
      producer.close(Duration.ofSeconds(5));
    }
  }
}
