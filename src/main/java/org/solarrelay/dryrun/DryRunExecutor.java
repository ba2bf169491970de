package org.solarrelay.dryrun;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Runs dry runs, each on its own daemon thread and within a time limit. A run that ignores the
 * interrupt at its limit keeps its thread, which the log names. While {@link #MAX_OVERDUE} such
 * threads are alive, no further run starts.
 */
final class DryRunExecutor {

  /** How many threads may run longer than their time limit. */
  static final int MAX_OVERDUE = 2;

  private static final Logger LOG = Logger.getLogger(DryRunExecutor.class);
  private static final Duration INTERRUPT_WAIT = Duration.ofMillis(500);

  private final String threads;
  private final Map<Thread, String> overdue = new LinkedHashMap<>();
  private int started;
  private boolean rejected;
  private long capacityVersion;

  /**
   * @param threads the prefix of the names of the executor's threads
   */
  DryRunExecutor(String threads) {
    this.threads = threads;
  }

  /** No run starts: earlier runs exceed their time limits. The message names them. */
  static final class BusyException extends Exception {
    private BusyException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Runs a task on another thread and waits for its result.
   *
   * @param what a name of the task, for the log
   * @param limit how long the task may take
   * @throws TimeoutException if the task does not end within the limit
   * @throws ExecutionException with the exception of the task
   */
  <T> T call(String what, Duration limit, Callable<T> run)
      throws BusyException, TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(run);
    Thread thread = thread(task);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      thread.interrupt();
      recordOverdue(thread, what);
      throw e;
    }
  }

  /** A number that changes when a run may start again after a run was rejected. */
  synchronized long capacityVersion() {
    forgetEnded();
    return capacityVersion;
  }

  private synchronized Thread thread(Runnable run) throws BusyException {
    forgetEnded();
    if (overdue.size() >= MAX_OVERDUE) {
      rejected = true;
      throw new BusyException(
          overdue.values().stream()
              .distinct()
              .collect(Collectors.joining(" and ", "", " did not end within the time limit")));
    }
    started++;
    Thread thread = new Thread(run, "%s-%d".formatted(threads, started));
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  private void recordOverdue(Thread thread, String what) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedJoin(thread, INTERRUPT_WAIT.toMillis());
    if (thread.isAlive()) {
      LOG.warnf(
          "%s exceeds its time limit and ignores the interrupt: the thread %s ends by itself"
              + " or with the relay",
          what, thread.getName());
      synchronized (this) {
        overdue.put(thread, what);
      }
    }
  }

  private void forgetEnded() {
    overdue
        .entrySet()
        .removeIf(
            entry -> {
              boolean ended = !entry.getKey().isAlive();
              if (ended) {
                LOG.infof(
                    "%s has ended: the thread %s", entry.getValue(), entry.getKey().getName());
              }
              return ended;
            });
    if (rejected && overdue.size() < MAX_OVERDUE) {
      rejected = false;
      capacityVersion++;
    }
  }
}
