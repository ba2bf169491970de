package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.database.Transaction;

/**
 * Replays many deliveries or messages in batches, at most 1,000 a second, so that an operator can
 * stop the replay in between. The items of a replay are in the database before the replay begins.
 * If the pod of a replay dies, another pod continues after a few seconds, or the same pod after its
 * next start.
 */
@Singleton
public class BulkReplayRunner implements Runnable {

  private static final Logger LOG = Logger.getLogger(BulkReplayRunner.class);
  private static final int BATCH = 100;
  private static final long PAUSE_MILLIS = 100;

  /** How often a pod looks for replays of other pods, and how long those must have been idle. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final DataSource database;
  private final BulkReplayRepository replays;
  private final DeliveryReplay deliveries;
  private final DeadLetterReplay messages;
  private final DeliveryQueue queue;

  /** The replays that this pod continues at once. */
  private final Set<Long> own = ConcurrentHashMap.newKeySet();

  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopping;

  BulkReplayRunner(
      DataSource database,
      BulkReplayRepository replays,
      DeliveryReplay deliveries,
      DeadLetterReplay messages,
      DeliveryQueue queue) {
    this.database = database;
    this.replays = replays;
    this.deliveries = deliveries;
    this.messages = messages;
    this.queue = queue;
  }

  /**
   * Creates a replay of the deliveries that the filter selects now, the oldest first. The replay
   * begins with {@link #runFor} or {@link #runInBackground}, or at another pod.
   *
   * @param from the state that the filter selects
   * @param words the filter for operators; a text that may name a person is left out
   * @param limit how many at most
   * @param by the operator
   */
  public BulkReplay create(
      DeliveryFilter filter, DeliveryState from, String words, int limit, String by)
      throws SQLException {
    return replays.create(filter, from, words, limit, by);
  }

  /** Creates a replay of messages; otherwise as the other {@code create}. */
  public BulkReplay create(DeadLetterReplay.Filter filter, String words, int limit, String by)
      throws SQLException {
    return replays.create(filter, words, limit, by);
  }

  /** Replays on this class's own thread. */
  public void runInBackground(long replay) {
    own.add(replay);
    wakeUps.release();
  }

  /**
   * Replays in the caller's thread until the replay ends, and in the background after some time.
   *
   * @return the replay with its progress
   */
  public BulkReplay runFor(long replay, Duration longest)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (replayBatch(replay)) {
      if (System.nanoTime() > end || stopping) {
        runInBackground(replay);
        break;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return replays.find(replay).orElseThrow();
  }

  public void stop() {
    stopping = true;
    wakeUps.release();
  }

  @Override
  public void run() {
    while (!stopping) {
      boolean more = false;
      try {
        more = replayNext();
      } catch (SQLException | RuntimeException e) {
        LOG.debug("Bulk replays continue later", e);
      }
      try {
        wakeUps.tryAcquire(more ? PAUSE_MILLIS : IDLE.toMillis(), TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Replays a batch of the replay whose turn it is; true where there may be more. */
  private boolean replayNext() throws SQLException {
    Set<Long> begun = Set.copyOf(own);
    Optional<Long> next = replays.leastRecent(begun, IDLE.toMillis());
    if (next.isEmpty()) {
      own.removeAll(begun);
      return false;
    }
    own.add(next.get());
    if (!replayBatch(next.get())) {
      own.remove(next.get());
    }
    return true;
  }

  /**
   * Replays the next batch of a replay.
   *
   * @return whether the replay still runs
   */
  boolean replayBatch(long replay) throws SQLException {
    boolean running =
        Transaction.call(
            database,
            connection -> {
              Optional<BulkReplayRepository.Batch> batch =
                  BulkReplayRepository.lock(connection, replay, BATCH);
              return batch.isPresent() && replay(connection, batch.get());
            });
    queue.wakeWorkers();
    return running;
  }

  private boolean replay(Connection connection, BulkReplayRepository.Batch batch)
      throws SQLException {
    BulkReplay replay = batch.replay();
    try {
      BulkReplayRepository.Done done =
          switch (replay.what()) {
            case DELIVERIES -> replayDeliveries(connection, batch);
            case MESSAGES -> resendMessages(connection, batch);
          };
      BulkReplayRepository.advance(connection, replay.id(), done);
      return done.position() < replay.selected();
    } catch (ExecutionException e) {
      LOG.debug("A bulk replay stops", e);
      BulkReplayRepository.stopBecause(connection, replay.id(), "Kafka is unavailable");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private BulkReplayRepository.Done replayDeliveries(
      Connection connection, BulkReplayRepository.Batch batch) throws SQLException {
    List<Long> ids = batch.items().stream().map(BulkReplayRepository.Item::delivery).toList();
    DeliveryReplay.Result result =
        deliveries.replay(connection, ids, batch.fromState(), batch.replay().by());
    int superseded = result.superseded().size();
    return new BulkReplayRepository.Done(
        lastPosition(batch, batch.items()),
        result.replayed(),
        superseded,
        ids.size() - result.replayed() - superseded);
  }

  /** Sends as many messages as may be in memory; the next batch begins after the last of them. */
  private BulkReplayRepository.Done resendMessages(
      Connection connection, BulkReplayRepository.Batch batch)
      throws SQLException, ExecutionException, InterruptedException {
    List<String> ids = batch.items().stream().map(BulkReplayRepository.Item::message).toList();
    List<String> tried = new ArrayList<>();
    int sent = messages.resend(connection, ids, batch.replay().by(), tried);
    List<BulkReplayRepository.Item> processed =
        tried.isEmpty()
            ? batch.items()
            : batch.items().subList(0, ids.indexOf(tried.get(tried.size() - 1)) + 1);
    return new BulkReplayRepository.Done(
        lastPosition(batch, processed), sent, 0, processed.size() - sent);
  }

  private static int lastPosition(
      BulkReplayRepository.Batch batch, List<BulkReplayRepository.Item> processed) {
    return processed.isEmpty()
        ? batch.replay().selected()
        : processed.get(processed.size() - 1).position();
  }
}
