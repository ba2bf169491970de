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
 * Runs the calls of one destination, up to a maximum number at once. The end of a call starts the
 * next. A call that takes too long is ended.
 */
final class DeliveryExecutor {

  private static final Logger LOG = Logger.getLogger(DeliveryExecutor.class);

  /** Attempts a delivery. */
  interface Call {

    /**
     * Starts an attempt and returns without waiting for its end.
     *
     * @param onResult receives the result once, on any thread, possibly before this method returns
     */
    void start(Delivery delivery, Consumer<AttemptResult> onResult);

    /** Returns the result of an attempt that did not end in time. */
    AttemptResult timedOut(Delivery delivery, Duration within);
  }

  /** Deliveries queued here, as a multiple of the limit. */
  private static final int STOCK = 3;

  private volatile int limit;
  private final Duration longestWait;
  private final Duration longestCall;
  private final Call call;
  private final Runnable onEnd;

  private final Queue<InFlightDelivery> ready = new ConcurrentLinkedQueue<>();
  private final Set<InFlightDelivery> running = ConcurrentHashMap.newKeySet();
  private final Queue<CompletedAttempt> completed = new ConcurrentLinkedQueue<>();
  private final Queue<Delivery> unstarted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger startRequests = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param longestWait longest time in this queue; then the delivery is released
   * @param longestCall longest duration of a call; then its attempt is ended
   * @param onEnd runs each time an attempt is completed
   */
  DeliveryExecutor(
      int limit, Duration longestWait, Duration longestCall, Call call, Runnable onEnd) {
    this.limit = limit;
    this.longestWait = longestWait;
    this.longestCall = longestCall;
    this.call = call;
    this.onEnd = onEnd;
  }

  /** Changes the limit. Calls in flight continue. */
  void limit(int calls) {
    limit = calls;
  }

  /**
   * Returns how many more deliveries to take: the calls in flight and a queue behind them. The
   * queue keeps calls busy while the database is slow; transactions then become larger.
   */
  int capacity() {
    return Math.max(0, (1 + STOCK) * limit - running.size() - ready.size());
  }

  /** Returns how many further deliveries could start now. */
  int freeSlots() {
    return Math.max(0, limit - running.size() - ready.size());
  }

  /** Whether at least half of the queue is filled. */
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

  /** Returns the deliveries in flight and in the queue. This pod has their lease. */
  List<Delivery> leased() {
    return Stream.concat(running.stream(), ready.stream()).map(call -> call.delivery).toList();
  }

  /** Moves the queue to {@link #unstarted}. */
  void releaseQueued() {
    for (InFlightDelivery waiting = ready.poll(); waiting != null; waiting = ready.poll()) {
      unstarted.add(waiting.delivery);
    }
  }

  /** Starts no more calls. */
  void close() {
    closed = true;
    startReady();
  }

  /** Removes and returns the completed attempts. */
  List<CompletedAttempt> completed() {
    return drain(completed);
  }

  /**
   * Removes and returns deliveries that were not started, because they waited too long or the
   * executor closed. The caller releases their leases.
   */
  List<Delivery> unstarted() {
    return drain(unstarted);
  }

  /** Ends overdue calls, so that a lost callback does not block the destination. */
  void endOverdue() {
    for (InFlightDelivery overdue : running) {
      if (overdue.runningLongerThan(longestCall)) {
        complete(overdue, call.timedOut(overdue.delivery, longestCall));
      }
    }
  }

  /** Thread-safe. One thread at a time starts calls; a concurrent caller makes it check again. */
  private void startReady() {
    int requests = 1;
    if (startRequests.getAndIncrement() != 0) {
      return;
    }
    do {
      startWhileRoom();
      requests = startRequests.addAndGet(-requests);
    } while (requests != 0);
  }

  private void startWhileRoom() {
    while (closed || running.size() < limit) {
      InFlightDelivery next = ready.poll();
      if (next == null) {
        return;
      }
      if (closed || next.queuedLongerThan(longestWait)) {
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
      call.start(next.delivery, result -> complete(next, result));
    } catch (RuntimeException | Error e) {
      // a foreign exception's text may quote the event; a thrown error would end the worker
      try (LogContext.Scope scope = next.delivery.work().enter()) {
        LOG.errorf(
            "A call to %s could not be started: %s",
            next.delivery.destination(), FailedStep.kind(e));
        LOG.debug("A call could not be started", e);
      }
      complete(next, AttemptResult.retry(Duration.ofSeconds(1), "could not be started"));
    }
  }

  private void complete(InFlightDelivery call, AttemptResult result) {
    if (call.end()) {
      completed.add(new CompletedAttempt(call.delivery, result, call.runningFor()));
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
