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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.solarrelay.routes.FailedStep;

/**
 * Reads topics in batches and commits a batch only after its handler has made it durable: at least
 * once. While a handler cannot (database or broker away) the batch is tried again and the consumer
 * stays in its group, paused; if a partition is taken away meanwhile, its new owner reads the same
 * records again. docs/decisions/0002-topic-consumers.md says why this is not {@code kafka:}.
 */
final class TopicReader implements Runnable {

  private static final Logger LOG = Logger.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** A broker that is away must not hold up a stop. */
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final long LOOK_MILLIS = 50;

  /** Makes a batch durable, or throws, and is then called with the same batch again. */
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
  private volatile boolean startsAnew;
  private volatile long lag;
  private boolean partitionsLost;

  /**
   * @param ready whether the topics and the route are there; asked before it joins its group, and
   *     before each batch
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

  /** Whether a broker or the database is away, as far as is known. */
  boolean waiting() {
    Consumer<byte[], byte[]> reading = consumer;
    return !started || failing || startsAnew || reading != null && !connected(reading);
  }

  /** A poll finds no fault in a broker that is away. */
  private static boolean connected(Consumer<byte[], byte[]> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .allMatch(metric -> ((Number) metric.metricValue()).doubleValue() > 0);
  }

  /** How many records of its partitions it has not fetched yet, as of the last poll. */
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
        // the way stop() ends a poll
      } catch (Exception | Error e) {
        // without its text, which may quote a record
        LOG.errorf("The %s consumer failed and starts anew: %s", stage, FailedStep.kind(e));
        LOG.debug("The consumer failed", e);
        startsAnew = true;
        pause(RETRY_EVERY.toMillis());
      }
    }
  }

  /** Lets the batch at hand finish and leaves the group; {@link #run} then returns. */
  void stop() {
    stopRequested.countDown();
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void awaitReady() {
    while (!stopping() && !ready.getAsBoolean()) {
      pause(LOOK_MILLIS);
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
      opened.close(CloseOptions.timeout(LEAVE));
    }
  }

  private void consume() {
    while (!stopping()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      startsAnew = false;
      lag = unfetched();
      if (!polled.isEmpty()) {
        handle(polled);
      }
    }
  }

  /** In parts that memory can hold; what is not durable at a stop is read again. */
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
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : durable) {
      offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
    }
    try {
      commit(offsets);
    } catch (KafkaException e) {
      // the records come again, to this consumer or the partition's next, and are recognised
      LOG.warnf("The %s consumer could not commit: %s", stage, e.getMessage());
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, LEAVE);
    } catch (WakeupException e) {
      consumer.commitSync(offsets, LEAVE);
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void stayInGroup() {
    consumer.pause(consumer.assignment());
    // what a partition assigned in this very poll brings along is read again once the batch is done
    List<ConsumerRecord<byte[], byte[]>> brought = new ArrayList<>();
    consumer.poll(RETRY_EVERY).forEach(brought::add);
    rewind(brought);
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
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.debugf("The %s stage now reads %s", stage, partitions);
    }
  }
}
