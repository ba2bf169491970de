package org.solarrelay.topic.client;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventWriter;

/** Appends events, outcomes and dead letters, all with one Kafka producer. */
@Singleton
public class RecordPublisher {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final KafkaClients clients;
  private Producer<byte[], byte[]> producer;

  public RecordPublisher(KafkaClients clients) {
    this.clients = clients;
  }

  /** Creates the record of an event for the topic of its type. */
  public static ProducerRecord<byte[], byte[]> record(Event event) {
    ProducerRecord<String, byte[]> written = EventWriter.toRecord(event);
    byte[] key = written.key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(written.topic(), null, key, written.value(), written.headers());
  }

  /**
   * Appends the records and waits for all acknowledgements. Records with the same key keep their
   * order. A record that Kafka rejects does not prevent the others.
   *
   * @return the result of each record, in the given order
   * @throws ExecutionException where the broker is unavailable; some records may have been appended
   */
  public List<AppendResult> append(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      acknowledgements.add(send(record));
    }
    List<AppendResult> ends = new ArrayList<>(records.size());
    for (int i = 0; i < acknowledgements.size(); i++) {
      ends.add(end(acknowledgements.get(i), records.get(i)));
    }
    return ends;
  }

  /**
   * Appends the records and waits for their acknowledgements for a limited time.
   *
   * @return of each record, whether Kafka has appended it
   * @throws TimeoutException where Kafka has not acknowledged all records in time; it may do so
   *     later
   * @throws ExecutionException where the broker is unavailable; some records may have been appended
   */
  public List<Boolean> appendWithin(Duration time, List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException, TimeoutException {
    long until = System.nanoTime() + time.toNanos();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      // the producer may wait seconds for the topic's metadata, for each record anew
      if (System.nanoTime() - until > 0) {
        throw new TimeoutException("Kafka has not taken the records in time");
      }
      acknowledgements.add(send(record));
    }
    List<Boolean> appended = new ArrayList<>(records.size());
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      appended.add(isAppended(acknowledgement, until - System.nanoTime()));
    }
    return appended;
  }

  private static boolean isAppended(Future<RecordMetadata> acknowledgement, long nanos)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      acknowledgement.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      if (KafkaFailure.isDataError(e.getCause()) || KafkaFailure.maySucceedAlone(e.getCause())) {
        return false;
      }
      throw e;
    }
  }

  private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer().send(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private AppendResult end(
      Future<RecordMetadata> acknowledgement, ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    try {
      return AppendResult.at(acknowledgement.get());
    } catch (ExecutionException e) {
      if (KafkaFailure.maySucceedAlone(e.getCause())) {
        return alone(record);
      }
      if (!KafkaFailure.isDataError(e.getCause())) {
        throw e;
      }
      boolean letter = record.topic().equals(Topics.DEAD_LETTERS) && record.value() != null;
      return letter
          ? alone(DeadLetterRecord.withoutBody(record))
          : AppendResult.rejected(KafkaFailure.reason(e.getCause()));
    }
  }

  private AppendResult alone(ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    try {
      return AppendResult.at(send(record).get());
    } catch (ExecutionException e) {
      if (!KafkaFailure.isDataError(e.getCause())) {
        throw e;
      }
      return AppendResult.rejected(KafkaFailure.reason(e.getCause()));
    }
  }

  synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = clients.producer();
    }
    return producer;
  }

  @PreDestroy
  public synchronized void close() {
    if (producer != null) {
      // a stage waits for its acknowledgements, so unacknowledged records are read and sent again
      producer.close(LONGEST_CLOSE);
    }
  }
}
