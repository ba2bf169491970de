package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.topic.client.AcceptingLog;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

class BulkReplayTest {

  private static final DeliveryFilter DEAD = DeliveryFilter.all().state(DeliveryState.DEAD);
  private static final DeadLetterReplay.Filter MESSAGES = DeadLetterReplay.Filter.all();
  private static final Duration LONG = Duration.ofSeconds(20);

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void aReplayTakesTheOldestUpToItsLimitAndEnds() throws Exception {
    addDead(250);
    BulkReplayRunner runner = runner();

    BulkReplay created = runner.create(DEAD, DeliveryState.DEAD, "state dead", 220, "ada");
    assertThat(created.isRunning()).isTrue();
    assertThat(created.matched()).isEqualTo(250);
    assertThat(created.remaining()).isEqualTo(220);
    BulkReplay ended = runner.runFor(created.id(), LONG);

    assertThat(ended.state()).isEqualTo(BulkReplayState.FINISHED);
    assertThat(ended.replayed()).isEqualTo(220);
    assertThat(ended.remaining()).isZero();
    assertThat(ended.endedAt()).isNotNull();
    assertThat(fixture.column("select event_id from delivery_ledger where event_id::int < 220"))
        .isEmpty();
    assertThat(fixture.replays.count(DEAD)).isEqualTo(30);
    assertThat(fixture.column("select by from replay")).hasSize(220).containsOnly("ada");
    assertThat(items()).isEmpty();
  }

  @Test
  void aStoppedReplayTouchesNothingMore() throws Exception {
    addDead(250);
    BulkReplayRunner runner = runner();
    long replay = create(runner).id();
    assertThat(runner.replayBatch(replay)).isTrue();

    assertThat(fixture.bulkReplays.stop(replay, "omar")).isTrue();

    assertThat(runner.replayBatch(replay)).isFalse();
    BulkReplay stopped = fixture.bulkReplays.find(replay).orElseThrow();
    assertThat(stopped.state()).isEqualTo(BulkReplayState.STOPPED);
    assertThat(stopped.stoppedBy()).isEqualTo("omar");
    assertThat(stopped.replayed()).isEqualTo(100);
    assertThat(stopped.remaining()).isEqualTo(150);
    assertThat(fixture.replays.count(DEAD)).isEqualTo(150);
    assertThat(fixture.bulkReplays.stop(replay, "omar")).isFalse();
    assertThat(items()).isEmpty();
  }

  @Test
  void anotherPodContinuesTheReplayOfADeadPod() throws Exception {
    addDead(250);
    BulkReplayRunner dead = runner();
    long replay = create(dead).id();
    dead.replayBatch(replay);
    fixture.execute("update bulk_replay set changed_at = now() - interval '1 min'");
    BulkReplayRunner alive = runner();
    Thread thread = new Thread(alive);
    thread.start();
    try {
      await()
          .until(
              () -> fixture.bulkReplays.find(replay).orElseThrow().state(),
              BulkReplayState.FINISHED::equals);
    } finally {
      alive.stop();
      thread.join();
    }
    assertThat(fixture.bulkReplays.find(replay).orElseThrow().replayed()).isEqualTo(250);
    assertThat(fixture.column("select delivery_id from replay"))
        .hasSize(250)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatDiesAfterTheBeginIsNotTaken() throws Exception {
    addDead(2);
    BulkReplayRunner runner = runner();
    BulkReplay replay = create(runner);
    dead("late");

    assertThat(runner.runFor(replay.id(), LONG).replayed()).isEqualTo(2);
    assertThat(fixture.entry("late", "enerflo").state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void whatHasChangedSinceTheBeginIsRefusedAndASupersededOneIsSkipped() throws Exception {
    dead("first");
    dead("second");
    fixture.add(lead("third", "first", "first@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));
    BulkReplayRunner runner = runner();
    BulkReplay replay = create(runner);
    fixture.replays.replay(
        DeliveryFilter.one(fixture.entry("second", "enerflo").id()), 1, "another");

    BulkReplay ended = runner.runFor(replay.id(), LONG);

    assertThat(ended.replayed()).isZero();
    assertThat(ended.superseded()).isEqualTo(1);
    assertThat(ended.refused()).isEqualTo(1);
    assertThat(ended.remaining()).isZero();
  }

  @Test
  void aReplayOfNothingHasEnded() throws Exception {
    BulkReplay replay = create(runner());

    assertThat(replay.state()).isEqualTo(BulkReplayState.FINISHED);
    assertThat(replay.endedAt()).isNotNull();
  }

  @Test
  void messagesAreSentOnceEachInTheirOrder() throws Exception {
    addDeadMessages(120);
    BulkReplayRunner runner = runner();
    BulkReplay replay = runner.create(MESSAGES, "stage translate", 1000, "ada");
    fixture.execute("update set_aside set state = 'resent' where id = 'message-7'");

    assertThat(runner.replayBatch(replay.id())).isTrue();
    // they fail again at once
    fixture.execute("update set_aside set state = 'dead'");
    BulkReplay ended = runner.runFor(replay.id(), LONG);

    assertThat(ended.state()).isEqualTo(BulkReplayState.FINISHED);
    assertThat(ended.replayed()).isEqualTo(119);
    assertThat(ended.refused()).isEqualTo(1);
    assertThat(fixture.column("select set_aside_id from resent"))
        .hasSize(119)
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutKafkaAReplayOfMessagesStopsAndSaysWhy() throws Exception {
    addDeadMessages(3);
    BulkReplayRunner runner =
        fixture.bulkReplayRunner(
            new RecordPublisher(null) {
              @Override
              public List<AppendResult> append(List<ProducerRecord<byte[], byte[]>> records)
                  throws ExecutionException {
                throw new ExecutionException(new IllegalStateException("away"));
              }
            });
    BulkReplay replay = runner.create(MESSAGES, "", 1000, "ada");

    BulkReplay ended = runner.runFor(replay.id(), LONG);

    assertThat(ended.state()).isEqualTo(BulkReplayState.STOPPED);
    assertThat(ended.reason()).isEqualTo("Kafka is unavailable");
    assertThat(ended.remaining()).isEqualTo(3);
  }

  @Test
  void replaysAreListedNewestFirstAndDeletedAfterTheRetention() throws Exception {
    addDead(1);
    long first = create(runner()).id();
    long second = create(runner()).id();
    fixture.bulkReplays.stop(second, "ada");

    assertThat(find(Optional.empty())).containsExactly(second, first);
    assertThat(find(Optional.of(BulkReplayState.STOPPED))).containsExactly(second);
    assertThat(fixture.bulkReplays.find(Optional.empty(), second, 10))
        .extracting(BulkReplay::id)
        .containsExactly(first);
    fixture.execute(
        """
        update bulk_replay set started_at = now() - interval '31 d',
          ended_at = ended_at - interval '31 d'
        """);
    fixture.retention("P30D").deleteBatch();
    assertThat(find(Optional.empty())).as("a running one stays").containsExactly(first);
  }

  private static List<Long> find(Optional<BulkReplayState> state) throws SQLException {
    return fixture.bulkReplays.find(state, Long.MAX_VALUE, 10).stream()
        .map(BulkReplay::id)
        .toList();
  }

  private static BulkReplayRunner runner() {
    return fixture.bulkReplayRunner(new AcceptingLog());
  }

  private static BulkReplay create(BulkReplayRunner runner) throws SQLException {
    return runner.create(DEAD, DeliveryState.DEAD, "state dead", 1000, "ada");
  }

  private static List<String> items() throws SQLException {
    return fixture.column("select position from bulk_replay_item");
  }

  private static void addDead(int count) throws SQLException {
    fixture.addLeads(count);
    fixture.finish("dead", "true");
  }

  private static void dead(String event) throws SQLException {
    fixture.add(lead(event, event, event + "@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.dead("refused"));
  }

  private static void addDeadMessages(int count) throws SQLException {
    fixture.execute(
        """
        insert into set_aside (id, stage, state, reason, at, topic, headers, value)
        select 'message-' || n, 'translate', 'dead', 'no route', now() + n * interval '1 s',
          'solar.inbox', '[]', '{}'
        from generate_series(1, %d) n
        """
            .formatted(count));
  }
}
