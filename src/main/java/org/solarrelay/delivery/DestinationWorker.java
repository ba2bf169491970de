package org.solarrelay.delivery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.http.RateLimit;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.PauseReason;
import org.solarrelay.delivery.queue.RefusalRepository;
import org.solarrelay.delivery.queue.TakeLimit;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.routes.FailedStep;

/**
 * Processes one destination's deliveries on this pod. Its thread takes due deliveries and records
 * results. The calls are asynchronous, in {@link DeliveryExecutor}.
 */
final class DestinationWorker implements Runnable {

  private static final Logger LOG = Logger.getLogger(DestinationWorker.class);
  private static final long IDLE_MILLIS = 500;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String destination;
  private final DeliveryQueue queue;
  private final OperatorPauses operatorPauses;
  private final DeliveryMetrics metrics;
  private final RelayConfig.Delivery config;
  private volatile RateLimit rateLimit;
  private final JsonMemory memory;
  private final CircuitBreaker circuit;
  private final RefusalTracker refusals;
  private final DeliveryExecutor executor;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicBoolean added = new AtomicBoolean();
  private final List<CompletedAttempt> unjudged = new ArrayList<>();
  private final List<CompletedAttempt> unrecorded = new ArrayList<>();
  private final List<Delivery> unstarted = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long drainUntil = System.nanoTime();
  private boolean databaseFailing;
  private boolean renewBudgets;
  private boolean hasLargeEvent;
  private long leasedUntil = System.nanoTime();

  private DestinationWorker(Builder builder) {
    this.destination = builder.destination;
    this.queue = builder.queue;
    this.operatorPauses = builder.operatorPauses;
    this.metrics = builder.metrics;
    this.config = builder.config;
    this.rateLimit = builder.rateLimit;
    this.memory = builder.memory;
    this.circuit = new CircuitBreaker(destination, config, System::nanoTime);
    this.refusals = new RefusalTracker(destination, builder.refusals, config);
    metrics.addDestination(destination, circuit);
    this.executor =
        new DeliveryExecutor(
            builder.inFlight,
            config.lease().dividedBy(3),
            config.longestCall(),
            builder.call,
            wakeUps::release);
  }

  /** The parts of a worker. All but the rate limit are required. */
  static final class Builder {
    private final String destination;
    private final RelayConfig.Delivery config;
    private DeliveryQueue queue;
    private OperatorPauses operatorPauses;
    private RefusalRepository refusals;
    private DeliveryExecutor.Call call;
    private DeliveryMetrics metrics;
    private int inFlight;
    private RateLimit rateLimit;
    private JsonMemory memory;

    Builder(String destination, RelayConfig.Delivery config) {
      this.destination = destination;
      this.config = config;
    }

    Builder queue(DeliveryQueue deliveryQueue) {
      this.queue = deliveryQueue;
      return this;
    }

    Builder operatorPauses(OperatorPauses pauses) {
      this.operatorPauses = pauses;
      return this;
    }

    Builder refusals(RefusalRepository repository) {
      this.refusals = repository;
      return this;
    }

    Builder call(DeliveryExecutor.Call attemptCall) {
      this.call = attemptCall;
      return this;
    }

    Builder metrics(DeliveryMetrics deliveryMetrics) {
      this.metrics = deliveryMetrics;
      return this;
    }

    /** The maximum number of concurrent calls. */
    Builder inFlight(int calls) {
      this.inFlight = calls;
      return this;
    }

    /**
     * @param limit null where the destination has no rate limit
     */
    Builder rateLimit(RateLimit limit) {
      this.rateLimit = limit;
      return this;
    }

    /** Limits the bytes of events that all destinations together may hold. */
    Builder memory(JsonMemory limit) {
      this.memory = limit;
      return this;
    }

    DestinationWorker build() {
      return new DestinationWorker(this);
    }
  }

  /** Returns why the circuit breaker is open; null where it is closed. */
  PauseReason pauseReason() {
    return circuit.pauseReason();
  }

  /** Changes the maximum number of concurrent calls. */
  void limitInFlight(int inFlight) {
    executor.limit(inFlight);
    wake();
  }

  /**
   * Changes the rate limit.
   *
   * @param limit null where the destination has no rate limit
   */
  void limitRate(RateLimit limit) {
    this.rateLimit = limit;
  }

  /** Makes the worker check the queue now, before it records results. */
  void wake() {
    added.set(true);
    wakeUps.release();
  }

  /**
   * Takes no more deliveries. {@link #run} returns when the calls in flight have ended, or the
   * drain time is over.
   */
  void stop() {
    drainUntil = System.nanoTime() + config.drain().toNanos();
    stopping = true;
    wake();
  }

  @Override
  public void run() {
    while (!stopping) {
      boolean more = false;
      try {
        executor.endOverdue();
        extendLeases();
        applyOperatorPause();
        judgeCompleted();
        more = takeAndRecord();
        onDatabaseRecovery();
      } catch (SQLException e) {
        onDatabaseFailure(e);
      } catch (RuntimeException | Error e) {
        // a fault in one delivery must not end the worker
        LOG.errorf("The worker of %s failed and continues: %s", destination, FailedStep.kind(e));
        LOG.debug("The worker failed", e);
      }
      if (!more) {
        awaitWork();
      }
    }
    finish();
  }

  /**
   * Takes due deliveries and records results, which may make further deliveries of their records
   * due. After deliveries were added, the worker takes before it records, so that the new calls do
   * not wait for the results of others. Before retry budgets are renewed, it takes none. After the
   * database has failed, it records first: the results' leases may have ended, and the worker would
   * take their deliveries again. True where more may be due.
   */
  private boolean takeAndRecord() throws SQLException {
    boolean takesFirst = added.getAndSet(false) && !renewBudgets && !databaseFailing;
    boolean more = takesFirst && takeDue();
    boolean recorded = recordJudged();
    return recorded || !takesFirst ? takeDue() : more;
  }

  private void judgeCompleted() throws SQLException {
    unjudged.addAll(executor.completed());
    for (CompletedAttempt attempt : refusals.judged(unjudged, circuit.paused())) {
      onAttemptCompleted(attempt);
      unrecorded.add(DeliveryObjective.decided(circuit.withoutRetryCost(attempt), circuit));
    }
    unjudged.clear();
  }

  /** True where results were recorded or leases released. */
  private boolean recordJudged() throws SQLException {
    boolean changed = !unrecorded.isEmpty();
    if (changed) {
      List<CompletedAttempt> recorded = queue.record(unrecorded);
      unrecorded.clear();
      recorded.forEach(metrics::count);
    }
    if (renewBudgets) {
      queue.renewBudgets(destination);
      renewBudgets = false;
    }
    refusals.report();
    unstarted.addAll(executor.unstarted());
    if (!unstarted.isEmpty()) {
      queue.release(unstarted);
      unstarted.clear();
      changed = true;
    }
    if (hasLargeEvent && executor.leased().stream().noneMatch(this::isLarge)) {
      hasLargeEvent = false;
      memory.releaseLarge();
    }
    return changed;
  }

  private boolean isLarge(Delivery delivery) {
    return delivery.bytes() > memory.destinationBytes();
  }

  /** Bytes that further events may occupy in memory. */
  private long freeBytes() {
    long heldBytes =
        executor.leased().stream().filter(one -> !isLarge(one)).mapToLong(Delivery::bytes).sum();
    return memory.destinationBytes() - heldBytes;
  }

  private void onAttemptCompleted(CompletedAttempt attempt) {
    if (circuit.record(attempt)) {
      renewBudgets = !circuit.paused();
      if (circuit.paused()) {
        executor.releaseQueued();
      }
    }
  }

  private void applyOperatorPause() throws SQLException {
    if (circuit.setOperatorPaused(operatorPauses.of(destination) != null)) {
      executor.releaseQueued();
    }
  }

  /**
   * Extends leases, because a call may outlast its lease. Leases are short, so that another pod
   * soon takes over a dead pod's deliveries.
   */
  private void extendLeases() throws SQLException {
    if (System.nanoTime() - leasedUntil < 0) {
      return;
    }
    List<Delivery> leased = executor.leased();
    if (!leased.isEmpty()) {
      queue.extend(leased, config.lease());
    }
    leasedUntil = System.nanoTime() + config.lease().dividedBy(3).toNanos();
  }

  /** Takes due deliveries within capacity and limits. True where more may be due. */
  private boolean takeDue() throws SQLException {
    RateLimit rate = rateLimit;
    // under a rate limit take nothing in advance, because tokens are for calls that start now
    int room = circuit.allowed(rate == null ? executor.capacity() : executor.freeSlots());
    int allowed = rate == null || room == 0 ? room : rate.acquire(room);
    if (allowed == 0) {
      return false;
    }
    List<Delivery> taken = take(allowed);
    executor.add(taken);
    circuit.onTaken(taken.size());
    if (rate != null) {
      rate.release(allowed - taken.size());
    }
    return !circuit.paused() && taken.size() == allowed;
  }

  private List<Delivery> take(int allowed) throws SQLException {
    boolean takesLarge = !hasLargeEvent && memory.tryLarge();
    try {
      TakeLimit size = new TakeLimit(freeBytes(), memory.destinationBytes(), takesLarge);
      List<Delivery> taken = take(allowed, size);
      hasLargeEvent = hasLargeEvent || takesLarge && taken.stream().anyMatch(this::isLarge);
      return taken;
    } finally {
      if (takesLarge && !hasLargeEvent) {
        memory.releaseLarge();
      }
    }
  }

  /** While the key is in doubt, prefers a delivery of a record that was not rejected. */
  private List<Delivery> take(int allowed, TakeLimit size) throws SQLException {
    List<Delivery> unrejected =
        circuit.isKeyInDoubt()
            ? queue.takeUnrefused(destination, allowed, size, config.lease())
            : List.of();
    return unrejected.isEmpty()
        ? queue.take(destination, allowed, size, config.lease())
        : unrejected;
  }

  private void awaitWork() {
    try {
      if (wakeUps.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS) && executor.hasQueuedWork()) {
        // the queue has work, so wait for more results and record them in one transaction
        LockSupport.parkNanos(GATHER_NANOS);
      }
      wakeUps.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private void finish() {
    executor.close();
    while (System.nanoTime() - drainUntil < 0 && !drained()) {
      awaitWork();
    }
    if (hasLargeEvent) {
      memory.releaseLarge();
    }
  }

  /** Records completed attempts at once, because the pod may be killed while others still run. */
  private boolean drained() {
    boolean idle = executor.idle();
    return recordedAll() && idle;
  }

  private boolean recordedAll() {
    try {
      extendLeases();
      judgeCompleted();
      recordJudged();
      return true;
    } catch (SQLException e) {
      onDatabaseFailure(e);
      return false;
    }
  }

  private void onDatabaseFailure(SQLException e) {
    if (!databaseFailing) {
      LOG.warnf("Deliveries to %s wait for the database: %s", destination, e.getMessage());
    }
    databaseFailing = true;
  }

  private void onDatabaseRecovery() {
    if (databaseFailing) {
      LOG.infof("Deliveries to %s go on", destination);
    }
    databaseFailing = false;
  }
}
