package org.solarrelay.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.RecordPosition;

class TopicReaderTest {

  private static final TopicPartition ONE = new TopicPartition("t", 0);
  private static final TopicPartition TWO = new TopicPartition("t", 1);

  private final List<MockConsumer<byte[], byte[]>> opened = new CopyOnWriteArrayList<>();
  private final List<String> durable = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int failingCommits;
  private volatile boolean able = true;
  private volatile boolean ready = true;
  private final TopicReader consumer =
      new TopicReader(
          "test",
          List.of("t"),
          this::open,
          this::handle,
          new BatchLimit(100, this::cut),
          () -> ready);
  private final Thread thread = new Thread(consumer);

  @AfterEach
  void end() throws InterruptedException {
    consumer.stop();
    thread.join();
  }

  @Test
  void aHandlerThatFailsIsCalledAgainAndEachRecordBecomesDurableOnceAndInOrder() {
    able = false;
    MockConsumer<byte[], byte[]> kafka = started();
    arrive(kafka, ONE, 0, 1, 2);
    await().until(() -> calls.get() >= 3);
    assertThat(committed(kafka, ONE)).isNull();
    assertThat(durable).isEmpty();

    able = true;
    await().until(() -> Long.valueOf(3).equals(committed(kafka, ONE)));
    arrive(kafka, ONE, 3);
    await().until(() -> Long.valueOf(4).equals(committed(kafka, ONE)));
    assertThat(durable).containsExactly("t-0-0", "t-0-1", "t-0-2", "t-0-3");
    assertThat(opened).hasSize(1);
  }

  @Test
  void aCommitThatFailsIsRepeatedWithoutAFurtherRecord() {
    failingCommits = 2;
    MockConsumer<byte[], byte[]> kafka = started();
    arrive(kafka, ONE, 0, 1);

    await().until(() -> Long.valueOf(2).equals(committed(kafka, ONE)));
    assertThat(durable).containsExactly("t-0-0", "t-0-1");
  }

  @Test
  void stoppingWhileAHandlerFailsCommitsNothing() throws InterruptedException {
    able = false;
    MockConsumer<byte[], byte[]> kafka = started();
    arrive(kafka, ONE, 0);
    await().until(() -> calls.get() >= 1);
    consumer.stop();
    thread.join(10_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(kafka.closed()).isTrue();
    assertThat(durable).isEmpty();
    assertThat(lastCommits).doesNotContainKey(ONE);
  }

  @Test
  void stoppingLetsTheBatchAtHandEndAndCommitsIt() throws InterruptedException {
    MockConsumer<byte[], byte[]> kafka = started();
    stopInHandler = true;
    arrive(kafka, ONE, 0, 1);
    thread.join(10_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(durable).containsExactly("t-0-0", "t-0-1");
    assertThat(lastCommits.get(ONE)).isEqualTo(2);
  }

  @Test
  void partitionsTakenAwayWhileWaitingAreNotCommittedAndTheKeptOnesReadAgain() {
    able = false;
    MockConsumer<byte[], byte[]> kafka = started();
    arrive(kafka, ONE, 0);
    arrive(kafka, TWO, 0);
    await().until(() -> calls.get() >= 2);
    kafka.schedulePollTask(() -> kafka.rebalance(List.of(TWO)));
    kafka.schedulePollTask(() -> able = true);
    arrive(kafka, TWO, 0);

    await().until(() -> Long.valueOf(1).equals(committed(kafka, TWO)));
    assertThat(lastCommits).doesNotContainKey(ONE);
    assertThat(durable).contains("t-1-0");
  }

  @Test
  void aConsumerThatFailsStartsAnew() {
    MockConsumer<byte[], byte[]> first = started();
    first.setPollException(new KafkaException("fenced"));
    await().until(() -> opened.size() == 2);
    MockConsumer<byte[], byte[]> second = opened.get(1);
    assign(second);
    arrive(second, ONE, 0);

    await().until(() -> durable.contains("t-0-0"));
    assertThat(first.closed()).isTrue();
  }

  @Test
  void anErrorOfTheProgramInAHandlerIsNotTheEndOfTheStage() {
    error = true;
    MockConsumer<byte[], byte[]> kafka = started();
    arrive(kafka, ONE, 0);
    await().until(() -> calls.get() >= 1);
    error = false;

    await()
        .until(
            () -> {
              MockConsumer<byte[], byte[]> now = opened.get(opened.size() - 1);
              if (now != kafka && now.assignment().isEmpty() && !now.closed()) {
                assign(now);
                arrive(now, ONE, 0);
              }
              return durable.contains("t-0-0");
            });
  }

  @Test
  void aStageWaitsUntilItsBatchIsDurable() {
    assertThat(consumer.waiting()).isTrue();
    able = false;
    MockConsumer<byte[], byte[]> kafka = started();
    await().until(() -> !consumer.waiting());
    arrive(kafka, ONE, 0);
    await().until(consumer::waiting);
    able = true;
    await().until(() -> !consumer.waiting());
  }

  @Test
  void aStageWaitsWhileNoBrokerIsReached() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    Map<String, Object> unreachable =
        Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "test", "client.id", "no-broker");
    TopicReader alone =
        new TopicReader(
            "test",
            List.of("t"),
            () -> {
              reading.countDown();
              var bytes = new ByteArrayDeserializer();
              return new KafkaConsumer<>(unreachable, bytes, bytes);
            },
            records -> {},
            new BatchLimit(100, () -> {}),
            () -> true);
    Thread running = new Thread(alone);
    running.start();
    reading.await();
    try {
      await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(10)).until(alone::waiting);
    } finally {
      alone.stop();
      running.join();
    }
  }

  @Test
  void aPollIsHandledInBatchesThatMemoryHoldsAndEachIsCommitted() {
    MockConsumer<byte[], byte[]> kafka = started();
    kafka.schedulePollTask(
        () -> {
          for (int size : new int[] {40, 40, 40, 500, 10}) {
            kafka.addRecord(sized(kafka, size));
          }
        });

    await().until(() -> Long.valueOf(5).equals(committed(kafka, ONE)));
    assertThat(batches).containsExactly(2, 1, 1, 1);
    assertThat(cuts).isEqualTo(3);
    assertThat(durable).containsExactly("t-0-0", "t-0-1", "t-0-2", "t-0-3", "t-0-4");
  }

  @Test
  void aBatchThatFailsIsHandledAgainWithoutThoseBeforeIt() {
    failures = 2;
    MockConsumer<byte[], byte[]> kafka = started();
    kafka.schedulePollTask(
        () -> {
          kafka.addRecord(sized(kafka, 80));
          kafka.addRecord(sized(kafka, 81));
        });

    await().until(() -> Long.valueOf(2).equals(committed(kafka, ONE)));
    assertThat(durable).containsExactly("t-0-0", "t-0-1");
  }

  private ConsumerRecord<byte[], byte[]> sized(MockConsumer<byte[], byte[]> kafka, int size) {
    return new ConsumerRecord<>(
        ONE.topic(),
        ONE.partition(),
        next++,
        0,
        TimestampType.CREATE_TIME,
        0,
        size,
        null,
        new byte[size],
        new RecordHeaders(),
        Optional.empty());
  }

  private void cut() {
    cuts++;
  }

  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private volatile int cuts;
  private volatile int failures;
  private long next;
  private volatile boolean stopInHandler;
  private volatile boolean error;
  private final Map<TopicPartition, Long> lastCommits =
      new java.util.concurrent.ConcurrentHashMap<>();

  private void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    calls.incrementAndGet();
    if (error) {
      throw new StackOverflowError();
    }
    if (stopInHandler) {
      consumer.stop();
    }
    if (!able) {
      throw new Exception("the database is away");
    }
    if (failures > 0 && records.get(0).serializedValueSize() > 80) {
      failures--;
      throw new Exception("the database is away");
    }
    batches.add(records.size());
    List<String> batch = new ArrayList<>();
    records.forEach(record -> batch.add(RecordPosition.of(record)));
    durable.addAll(batch);
  }

  private MockConsumer<byte[], byte[]> open() {
    MockConsumer<byte[], byte[]> kafka =
        new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name()) {
          @Override
          public synchronized void commitAsync(
              Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (failingCommits-- > 0) {
              callback.onComplete(offsets, new RetriableCommitFailedException("no coordinator"));
              return;
            }
            super.commitAsync(offsets, callback);
            offsets.forEach((partition, to) -> lastCommits.put(partition, to.offset()));
          }
        };
    opened.add(kafka);
    return kafka;
  }

  private MockConsumer<byte[], byte[]> started() {
    thread.start();
    await().until(() -> opened.size() == 1);
    MockConsumer<byte[], byte[]> kafka = opened.get(0);
    assign(kafka);
    return kafka;
  }

  private static void assign(MockConsumer<byte[], byte[]> kafka) {
    await().until(() -> !kafka.subscription().isEmpty());
    kafka.schedulePollTask(
        () -> {
          kafka.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
          kafka.rebalance(List.of(ONE, TWO));
        });
    await().until(() -> !kafka.assignment().isEmpty());
  }

  private static void arrive(
      MockConsumer<byte[], byte[]> kafka, TopicPartition partition, long... offsets) {
    kafka.schedulePollTask(
        () -> {
          for (long offset : offsets) {
            kafka.addRecord(
                new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, null, new byte[0]));
          }
        });
  }

  private static Long committed(MockConsumer<byte[], byte[]> kafka, TopicPartition partition) {
    OffsetAndMetadata to = kafka.committed(Set.of(partition)).get(partition);
    return to == null ? null : to.offset();
  }
}
