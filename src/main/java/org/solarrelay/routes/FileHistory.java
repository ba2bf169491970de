package org.solarrelay.routes;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.solarrelay.routes.history.FileRevert;
import org.solarrelay.routes.history.FileVersionRepository;

/**
 * Stores the history of the route files in PostgreSQL, on its own thread: no reload waits for the
 * database. While PostgreSQL is unavailable, the pod uses the reverts it knows, and records changes
 * later, in order.
 */
final class FileHistory implements Runnable {

  private static final Logger LOG = Logger.getLogger(FileHistory.class);
  private static final long POLL_SECONDS = 2;
  private static final long RETRY_SECONDS = 30;

  /**
   * How many failed reads are not logged as a warning: at the first start the tables are missing
   * for half a minute.
   */
  private static final int FAILURES_AT_START = 15;

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Bounds the memory while the database is away. */
  private static final int MOST_CHANGES = 1_000;

  /**
   * A change that leaves no version.
   *
   * @param problem why the file was rejected; empty if it was removed
   */
  private record FileChange(String path, Optional<String> problem) {}

  private final FileVersionRepository repository;
  private final UnrecordedVersions unrecorded = new UnrecordedVersions();
  private final ActiveReverts reverts;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile boolean stopped;
  private volatile Optional<Long> requestStart = Optional.empty();
  private final Deque<FileChange> changes = new ArrayDeque<>();
  private Map<String, String> latest;
  private Map<String, String> latestRejections = Map.of();
  private boolean unresponsive;
  private boolean started;
  private int failures;

  /**
   * @param loaded the files in force at the start, text by path
   */
  FileHistory(FileVersionRepository repository, Map<String, String> loaded) {
    this.repository = repository;
    this.reverts = new ActiveReverts(loaded);
    this.latest = loaded;
    unrecorded.add(loaded);
  }

  /** The reverts that this pod knows. */
  ActiveReverts reverts() {
    return reverts;
  }

  /**
   * Queues the files that have come into force to be recorded; returns at once.
   *
   * @param files text by path
   */
  synchronized void inForce(Map<String, String> files) {
    if (!files.equals(latest)) {
      Map<String, String> changed = new TreeMap<>(files);
      changed.entrySet().removeAll(latest.entrySet());
      latest.keySet().stream()
          .filter(path -> !files.containsKey(path))
          .forEach(path -> add(new FileChange(path, Optional.empty())));
      latest = files;
      if (!changed.isEmpty()) {
        unrecorded.add(changed);
      }
      wakeUp.release();
    }
    boolean late = requestStart.filter(at -> System.nanoTime() - at > TIMEOUT_NANOS).isPresent();
    if (late && !unresponsive) {
      LOG.warn("PostgreSQL does not respond: versions of route files are recorded later");
    }
    unresponsive = late;
  }

  /**
   * Queues the files that are rejected now and were not before; returns at once.
   *
   * @param problems the first problem of each file, by path
   */
  synchronized void rejected(Map<String, String> problems) {
    if (!problems.equals(latestRejections)) {
      problems.forEach(
          (path, problem) -> {
            if (!problem.equals(latestRejections.get(path))) {
              add(new FileChange(path, Optional.of(problem)));
            }
          });
      latestRejections = problems;
      wakeUp.release();
    }
  }

  private void add(FileChange change) {
    changes.addLast(change);
    if (changes.size() > MOST_CHANGES) {
      changes.removeFirst();
    }
  }

  private synchronized Optional<FileChange> oldestChange() {
    return Optional.ofNullable(changes.peekFirst());
  }

  private synchronized void remove(FileChange change) {
    changes.removeFirstOccurrence(change);
  }

  /** Records versions and reads reverts until {@link #stop}. */
  @Override
  public void run() {
    try {
      while (!stopped) {
        synchronize();
        long seconds = failures > tolerated() ? RETRY_SECONDS : POLL_SECONDS;
        wakeUp.tryAcquire(seconds, TimeUnit.SECONDS);
        wakeUp.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    stopped = true;
    wakeUp.release();
  }

  /**
   * Reads the reverts and records the waiting changes; one thread at a time may call this method.
   */
  void synchronize() {
    requestStart = Optional.of(System.nanoTime());
    int tolerated = tolerated();
    try {
      learn();
      record();
      recordChanges();
      if (failures > tolerated) {
        LOG.info("Versions of route files are recorded again");
      }
      failures = 0;
    } catch (SQLException | RuntimeException e) {
      failures++;
      if (failures == tolerated + 1) {
        LOG.warnf("Versions of route files are not recorded for now: %s", e.getMessage());
      }
    } finally {
      requestStart = Optional.empty();
    }
  }

  private int tolerated() {
    return started ? 1 : FAILURES_AT_START;
  }

  private void learn() throws SQLException {
    long before = reverts.added();
    for (FileRevert revert : reverts.learn(repository.reverts(), before)) {
      repository.end(revert);
    }
  }

  private void recordChanges() throws SQLException {
    for (Optional<FileChange> next = oldestChange(); next.isPresent(); next = oldestChange()) {
      FileChange change = next.get();
      if (change.problem().isPresent()) {
        repository.recordRejected(change.path(), change.problem().get());
      } else {
        repository.recordRemoved(change.path());
      }
      remove(change);
    }
  }

  private void record() throws SQLException {
    for (Optional<Map<String, String>> next = unrecorded.take();
        next.isPresent();
        next = unrecorded.take()) {
      boolean recorded = false;
      try {
        repository.record(started ? next.get() : reverts.used(next.get()));
        recorded = true;
        started = true;
      } finally {
        if (!recorded) {
          unrecorded.putBack(next.get());
        }
      }
    }
  }
}
