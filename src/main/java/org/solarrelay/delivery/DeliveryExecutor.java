package org.solarrelay.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.routes.FailedStep;

/**
 * The calls of one destination: never more at once than allowed, the next one started by the end of
 * another, none that waits for ever.
 */
final class DeliveryExecutor {

  private static final Logger LOG = Logger.getLogger(DeliveryExecutor.class);

  /** Tries one delivery. */
  interface Call {

    /**
     * Starts the attempt and returns without waiting for it.
     *
     * @param end receives how it ended, once, on any thread, possibly before this method returns
     */
    void start(Delivery delivery, Consumer<AttemptResult> end);

    /** What it means that an attempt had no end within that time. */
    AttemptResult unended(Delivery delivery, Duration within);
  }

  /** So many times the calls in flight may wait here. */
  private static final int STOCK = 3;

  private volatile int limit;
  private final Duration longestWait;
  private final Duration longestCall;
  private final Call call;
  private final Runnable onEnd;

  private final Queue<InFlightDelivery> ready = new ConcurrentLinkedQueue<>();
  private final Set<InFlightDelivery> running = ConcurrentHashMap.newKeySet();
  private final Queue<CompletedAttempt> ended = new ConcurrentLinkedQueue<>();
  private final Queue<Delivery> unstarted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger starters = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param longestWait for a delivery to wait here before it is given back
   * @param longestCall before a call is taken for lost
   * @param onEnd is run whenever {@link #ended} has something new
   */
  DeliveryExecutor(
      int limit, Duration longestWait, Duration longestCall, Call call, Runnable onEnd) {
    this.limit = limit;
    this.longestWait = longestWait;
    this.longestCall = longestCall;
    this.call = call;
    this.onEnd = onEnd;
  }

  /** Lets so many calls be under way at once from now on; those under way go on. */
  void limit(int calls) {
    limit = calls;
  }

  /**
   * How many more deliveries are welcome: one set in flight and some waiting for it, so that a slow
   * database makes larger transactions and not idle calls.
   */
  int room() {
    return Math.max(0, (1 + STOCK) * limit - running.size() - ready.size());
  }

  /** How many could start at once. */
  int free() {
    return Math.max(0, limit - running.size() - ready.size());
  }

  /** Whether enough are waiting to keep the calls going for a while. */
  boolean hasQueuedWork() {
    return ready.size() >= (STOCK * limit + 1) / 2;
  }

  boolean idle() {
    return running.isEmpty();
  }

  void add(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> ready.add(new InFlightDelivery(delivery)));
    startReady();
  }

  /** Deliveries whose calls are not over, and those that wait for theirs. */
  List<Delivery> leased() {
    return Stream.concat(running.stream(), ready.stream()).map(one -> one.delivery).toList();
  }

  /** Has what waits here given back. */
  void releaseQueued() {
    for (InFlightDelivery waiting = ready.poll(); waiting != null; waiting = ready.poll()) {
      unstarted.add(waiting.delivery);
    }
  }

  /** Starts nothing more. */
  void close() {
    closed = true;
    startReady();
  }

  /** Attempts that are over and not yet fetched. */
  List<CompletedAttempt> ended() {
    return drain(ended);
  }

  /** Deliveries that waited too long, or were waiting at the close; to be given back. */
  List<Delivery> unstarted() {
    return drain(unstarted);
  }

  /** Ends calls that should have ended by themselves, so that a lost answer holds up nobody. */
  void endOverdue() {
    for (InFlightDelivery overdue : running) {
      if (overdue.runningLongerThan(longestCall)) {
        end(overdue, call.unended(overdue.delivery, longestCall));
      }
    }
  }

  /** Any thread may call; one at a time starts, the others leave it a note to look again. */
  private void startReady() {
    int notes = 1;
    if (starters.getAndIncrement() != 0) {
      return;
    }
    do {
      startWhileRoom();
      notes = starters.addAndGet(-notes);
    } while (notes != 0);
  }

  private void startWhileRoom() {
    while (closed || running.size() < limit) {
      InFlightDelivery next = ready.poll();
      if (next == null) {
        return;
      }
      if (closed || next.heldLongerThan(longestWait)) {
        unstarted.add(next.delivery);
      } else {
        start(next);
      }
    }
  }

  private void start(InFlightDelivery next) {
    next.started();
    running.add(next);
    try {
      call.start(next.delivery, verdict -> end(next, verdict));
    } catch (RuntimeException | Error e) {
      // the text of a stranger's exception may quote the event; an error let go would end the
      // worker
      try (LogContext.Scope scope = next.delivery.work().enter()) {
        LOG.errorf(
            "A call to %s could not be started: %s",
            next.delivery.destination(), FailedStep.kind(e));
        LOG.debug("A call could not be started", e);
      }
      end(next, AttemptResult.retry(Duration.ofSeconds(1), null, "could not be started", null));
    }
  }

  private void end(InFlightDelivery call, AttemptResult verdict) {
    if (call.end()) {
      ended.add(new CompletedAttempt(call.delivery, verdict, false, call.runningFor()));
      running.remove(call);
      onEnd.run();
      startReady();
    }
  }

  private static <T> List<T> drain(Queue<T> queue) {
    List<T> drained = new ArrayList<>();
    for (T element = queue.poll(); element != null; element = queue.poll()) {
      drained.add(element);
    }
    return drained;
  }
}
