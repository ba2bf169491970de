package org.solarrelay.routes;

import java.sql.SQLException;
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

  private final FileVersionRepository repository;
  private final UnrecordedVersions unrecorded = new UnrecordedVersions();
  private final ActiveReverts reverts;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile boolean stopped;
  private volatile Optional<Long> requestStart = Optional.empty();
  private Map<String, String> latest;
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
      latest = files;
      if (!changed.isEmpty()) {
        unrecorded.add(changed);
        wakeUp.release();
      }
    }
    boolean late = requestStart.filter(at -> System.nanoTime() - at > TIMEOUT_NANOS).isPresent();
    if (late && !unresponsive) {
      LOG.warn("PostgreSQL does not respond: versions of route files are recorded later");
    }
    unresponsive = late;
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
