package org.solarrelay.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.solarrelay.routes.FailedStep;

/**
 * Reads topics in batches, at least once: it commits a batch only after the handler has made it
 * durable. While PostgreSQL or Kafka is unavailable, it repeats the batch; the consumer is paused
 * and stays in its group. If the consumer loses a partition meanwhile, the new owner reads the same
 * records again. docs/decisions/0002-topic-consumers.md explains why the relay does not use {@code
 * kafka:}.
 */
final class TopicReader implements Runnable {

  private static final Logger LOG = Logger.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longest wait for the broker at a stop. */
  private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final long READY_CHECK_MILLIS = 50;

  /**
   * Makes a batch durable. After an exception the reader calls this method again with the same
   * batch.
   */
  interface Handler {
    void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception;
  }

  private final String stage;
  private final List<String> topics;
  private final Supplier<Consumer<byte[], byte[]>> clients;
  private final Handler handler;
  private final BatchLimit limit;
  private final BooleanSupplier ready;
  private volatile Consumer<byte[], byte[]> consumer;
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean failing;
  private volatile boolean restarting;
  private volatile long lag;
  private boolean partitionsLost;

  /** Whether the last commit failed; the log names the first of several. */
  private boolean commitsFail;

  /** Offsets of durable records whose commit the broker has not confirmed. */
  private final Map<TopicPartition, OffsetAndMetadata> unconfirmed = new HashMap<>();

  /**
   * @param ready whether the topics and the route exist; checked before the reader joins its group,
   *     and before each batch
   */
  TopicReader(
      String stage,
      List<String> topics,
      Supplier<Consumer<byte[], byte[]>> clients,
      Handler handler,
      BatchLimit limit,
      BooleanSupplier ready) {
    this.stage = stage;
    this.topics = topics;
    this.clients = clients;
    this.handler = handler;
    this.limit = limit;
    this.ready = ready;
  }

  /** Whether the last call of Kafka or of the handler failed, or reading has not started. */
  boolean waiting() {
    Consumer<byte[], byte[]> reading = consumer;
    return !started || failing || restarting || reading != null && !connected(reading);
  }

  /** Checks the connections, because a poll does not fail while a broker is unavailable. */
  private static boolean connected(Consumer<byte[], byte[]> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .allMatch(metric -> ((Number) metric.metricValue()).doubleValue() > 0);
  }

  /** The number of records in the reader's partitions that the last poll had not fetched. */
  long lag() {
    return lag;
  }

  @Override
  public void run() {
    awaitReady();
    started = true;
    while (!stopping()) {
      try {
        consumeUntilStopped();
      } catch (WakeupException e) {
        // stop() ends a poll
      } catch (Exception | Error e) {
        // without the exception's text, which may quote a record
        LOG.errorf("The %s consumer failed and restarts: %s", stage, FailedStep.kind(e));
        LOG.debug("The consumer failed", e);
        restarting = true;
        pause(RETRY_EVERY.toMillis());
      }
    }
  }

  /** Finishes the current batch and leaves the group; {@link #run} then returns. */
  void stop() {
    stopRequested.countDown();
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void awaitReady() {
    while (!stopping() && !ready.getAsBoolean()) {
      pause(READY_CHECK_MILLIS);
    }
  }

  boolean stopping() {
    return stopRequested.getCount() == 0;
  }

  private void consumeUntilStopped() {
    Consumer<byte[], byte[]> opened = clients.get();
    try {
      consumer = opened;
      opened.subscribe(topics, new OwnershipListener());
      consume();
    } finally {
      lag = 0;
      unconfirmed.clear();
      opened.close(CloseOptions.timeout(BROKER_TIMEOUT));
    }
  }

  private void consume() {
    while (!stopping()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      restarting = false;
      lag = unfetched();
      if (!polled.isEmpty()) {
        handle(polled);
      } else if (!unconfirmed.isEmpty()) {
        commit();
      }
    }
  }

  /** Handles a poll in batches. Records that are not durable at a stop are read again later. */
  private void handle(ConsumerRecords<byte[], byte[]> polled) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    polled.forEach(records::add);
    partitionsLost = false;
    int done = 0;
    while (done < records.size()) {
      int end = limit.end(records, done);
      List<ConsumerRecord<byte[], byte[]>> batch = records.subList(done, end);
      if (!handleUntilDurable(batch)) {
        rewind(records.subList(done, records.size()));
        return;
      }
      commit(batch);
      done = end;
    }
  }

  private long unfetched() {
    return consumer.assignment().stream()
        .map(consumer::currentLag)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .sum();
  }

  private boolean handleUntilDurable(List<ConsumerRecord<byte[], byte[]>> records) {
    while (!stopping() && !partitionsLost) {
      if (!ready.getAsBoolean()) {
        stayInGroup();
        continue;
      }
      try {
        handler.handle(records);
        recovered();
        return true;
      } catch (Exception e) {
        failed(e);
        stayInGroup();
      }
    }
    return false;
  }

  private void commit(List<ConsumerRecord<byte[], byte[]>> durable) {
    for (ConsumerRecord<byte[], byte[]> record : durable) {
      unconfirmed.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
    }
    commit();
  }

  /**
   * Commits without waiting, because the broker gathers commits for some milliseconds. A later
   * commit repeats one that failed. The consumer sends its commits before it joins a rebalance, and
   * waits for them when it closes.
   */
  private void commit() {
    consumer.commitAsync(Map.copyOf(unconfirmed), this::onCommitted);
  }

  private void onCommitted(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    if (failure == null) {
      offsets.forEach(unconfirmed::remove);
      commitsFail = false;
    } else if (!commitsFail) {
      commitsFail = true;
      // the partition's consumer reads the records again; the sinks ignore duplicates
      LOG.warnf("The %s consumer could not commit: %s", stage, failure.getMessage());
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void stayInGroup() {
    consumer.pause(consumer.assignment());
    // this poll may return records of a newly assigned partition: read them after the batch
    List<ConsumerRecord<byte[], byte[]>> fetched = new ArrayList<>();
    consumer.poll(RETRY_EVERY).forEach(fetched::add);
    rewind(fetched);
    lag = unfetched();
    consumer.resume(consumer.assignment());
  }

  private void rewind(List<ConsumerRecord<byte[], byte[]>> unhandled) {
    Map<TopicPartition, Long> first = new HashMap<>();
    unhandled.forEach(record -> first.putIfAbsent(partition(record), record.offset()));
    first.forEach(
        (partition, offset) -> {
          if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
          }
        });
  }

  private void failed(Exception e) {
    if (!failing) {
      LOG.warnf("The %s stage waits: %s", stage, e.getMessage());
    }
    failing = true;
  }

  private void recovered() {
    if (failing) {
      LOG.infof("The %s stage goes on", stage);
    }
    failing = false;
  }

  private void pause(long millis) {
    try {
      stopRequested.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private final class OwnershipListener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitionsLost |= !partitions.isEmpty();
      unconfirmed.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.debugf("The %s stage now reads %s", stage, partitions);
    }
  }
}
