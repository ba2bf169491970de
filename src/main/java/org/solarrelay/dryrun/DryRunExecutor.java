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
 * Runs dry runs, each on a daemon thread of its own and within a time limit. A run that ignores the
 * interrupt at its limit keeps its thread, which the log names. While {@link #MOST_LEFT} of them go
 * on, no further run starts.
 */
final class DryRunExecutor {

  /** How many threads may go on behind their time limit. */
  static final int MOST_LEFT = 2;

  private static final Logger LOG = Logger.getLogger(DryRunExecutor.class);
  private static final Duration LONGEST_END = Duration.ofMillis(500);

  private final String threads;
  private final Map<Thread, String> left = new LinkedHashMap<>();
  private int started;
  private boolean refused;
  private long room;

  /**
   * @param threads what the names of its threads begin with
   */
  DryRunExecutor(String threads) {
    this.threads = threads;
  }

  /** No run starts: earlier ones go on behind their time limits. The message names them. */
  static final class BusyException extends Exception {
    private BusyException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Runs on another thread and waits for the result.
   *
   * @param what it is, for the log
   * @param limit how long it may take
   * @throws TimeoutException where it has not ended by then
   * @throws ExecutionException with what it throws
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
      leave(thread, what);
      throw e;
    }
  }

  /** A number that is another one once a run may start again after one was refused. */
  synchronized long room() {
    forgetEnded();
    return room;
  }

  private synchronized Thread thread(Runnable run) throws BusyException {
    forgetEnded();
    if (left.size() >= MOST_LEFT) {
      refused = true;
      throw new BusyException(
          left.values().stream()
              .distinct()
              .collect(Collectors.joining(" and ", "", " did not end within the time limit")));
    }
    started++;
    Thread thread = new Thread(run, "%s-%d".formatted(threads, started));
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  private void leave(Thread thread, String what) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedJoin(thread, LONGEST_END.toMillis());
    if (thread.isAlive()) {
      LOG.warnf(
          "%s goes on behind its time limit and ignores the interrupt: the thread %s ends by itself"
              + " or with the relay",
          what, thread.getName());
      synchronized (this) {
        left.put(thread, what);
      }
    }
  }

  private void forgetEnded() {
    left.entrySet()
        .removeIf(
            entry -> {
              boolean ended = !entry.getKey().isAlive();
              if (ended) {
                LOG.infof(
                    "%s has ended: the thread %s", entry.getValue(), entry.getKey().getName());
              }
              return ended;
            });
    if (refused && left.size() < MOST_LEFT) {
      refused = false;
      room++;
    }
  }
}
