package org.solarrelay.delivery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
 * Works off one destination's deliveries on this pod. Its thread takes and records; the calls
 * themselves are asynchronous and run in {@link DeliveryExecutor}.
 */
final class DestinationWorker implements Runnable {

  private static final Logger LOG = Logger.getLogger(DestinationWorker.class);
  private static final long IDLE_MILLIS = 500;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String destination;
  private final DeliveryQueue queue;
  private final OperatorPauses paused;
  private final DeliveryMetrics metrics;
  private final RelayConfig.Delivery config;
  private volatile RateLimit limit;
  private final JsonMemory memory;
  private final CircuitBreaker circuit;
  private final RefusalTracker refusals;
  private final DeliveryExecutor slots;
  private final Runnable onRecorded;
  private final Semaphore wakeUps = new Semaphore(0);
  private final List<CompletedAttempt> unjudged = new ArrayList<>();
  private final List<CompletedAttempt> unrecorded = new ArrayList<>();
  private final List<Delivery> unstarted = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long drainUntil = System.nanoTime();
  private boolean failing;
  private boolean renewBudgets;
  private boolean holdsLarge;
  private long leasedUntil = System.nanoTime();

  /**
   * @param inFlight calls at once
   * @param limit null where the destination has none
   * @param memory what all destinations together may hold
   * @param onRecorded is run after ended attempts were recorded
   */
  DestinationWorker(
      String destination,
      DeliveryQueue queue,
      OperatorPauses paused,
      RefusalRepository refusals,
      DeliveryExecutor.Call call,
      DeliveryMetrics metrics,
      RelayConfig.Delivery config,
      int inFlight,
      RateLimit limit,
      JsonMemory memory,
      Runnable onRecorded) {
    this.destination = destination;
    this.queue = queue;
    this.paused = paused;
    this.metrics = metrics;
    this.config = config;
    this.limit = limit;
    this.memory = memory;
    this.circuit = new CircuitBreaker(destination, config, System::nanoTime);
    this.refusals = new RefusalTracker(destination, refusals, config);
    metrics.watch(destination, circuit);
    this.slots =
        new DeliveryExecutor(
            inFlight, config.lease().dividedBy(3), config.longestCall(), call, this::wake);
    this.onRecorded = onRecorded;
  }

  /** Why the destination is paused where that is its own doing; else null. */
  PauseReason opened() {
    return circuit.opened();
  }

  /** Lets so many calls be under way at once from now on. */
  void limitInFlight(int inFlight) {
    slots.limit(inFlight);
    wake();
  }

  /**
   * Takes deliveries under that limit from now on.
   *
   * @param limit null where the destination has none
   */
  void limitRate(RateLimit limit) {
    this.limit = limit;
  }

  /** There may be something to take. */
  void wake() {
    wakeUps.release();
  }

  /** Takes nothing more; {@link #run} returns once calls in flight have ended or time is up. */
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
        slots.endOverdue();
        extendLeases();
        applyOperatorPause();
        recordEnded();
        more = takeDue();
        recovered();
      } catch (SQLException e) {
        failed(e);
      } catch (RuntimeException | Error e) {
        // one delivery's fault must not end all the others' worker
        LOG.errorf("The worker of %s failed and goes on: %s", destination, FailedStep.kind(e));
        LOG.debug("The worker failed", e);
      }
      if (!more) {
        awaitWork();
      }
    }
    finish();
  }

  private void recordEnded() throws SQLException {
    unjudged.addAll(slots.ended());
    for (CompletedAttempt attempt : refusals.judged(unjudged, circuit.paused())) {
      onAttemptCompleted(attempt);
      unrecorded.add(circuit.withoutRetryCost(attempt));
    }
    unjudged.clear();
    if (!unrecorded.isEmpty()) {
      List<CompletedAttempt> recorded = queue.record(unrecorded);
      unrecorded.clear();
      recorded.forEach(metrics::count);
      onRecorded.run();
    }
    if (renewBudgets) {
      queue.renewBudgets(destination);
      renewBudgets = false;
    }
    refusals.report();
    unstarted.addAll(slots.unstarted());
    if (!unstarted.isEmpty()) {
      queue.release(unstarted);
      unstarted.clear();
    }
    if (holdsLarge && slots.leased().stream().noneMatch(this::isLarge)) {
      holdsLarge = false;
      memory.releaseLarge();
    }
  }

  private boolean isLarge(Delivery delivery) {
    return delivery.bytes() > memory.destinationBytes();
  }

  /** Bytes of further events' text that may be in memory. */
  private long freeBytes() {
    long held =
        slots.leased().stream().filter(one -> !isLarge(one)).mapToLong(Delivery::bytes).sum();
    return memory.destinationBytes() - held;
  }

  private void onAttemptCompleted(CompletedAttempt attempt) {
    if (circuit.record(attempt)) {
      renewBudgets = !circuit.paused();
      if (circuit.paused()) {
        slots.releaseQueued();
      }
    }
  }

  private void applyOperatorPause() throws SQLException {
    if (circuit.setOperatorPaused(paused.of(destination) != null)) {
      slots.releaseQueued();
    }
  }

  /** A call may take longer than the lease, which is short so that a dead pod's work goes on. */
  private void extendLeases() throws SQLException {
    if (System.nanoTime() - leasedUntil < 0) {
      return;
    }
    List<Delivery> held = slots.leased();
    if (!held.isEmpty()) {
      queue.extend(held, config.lease());
    }
    leasedUntil = System.nanoTime() + config.lease().dividedBy(3).toNanos();
  }

  /** Takes what there is room and leave for; true where more may be due. */
  private boolean takeDue() throws SQLException {
    RateLimit rate = limit;
    // under a limit nothing is taken in advance: leave to call is for now, not for later
    int room = circuit.allowed(rate == null ? slots.room() : slots.free());
    int allowed = rate == null || room == 0 ? room : rate.grant(room);
    if (allowed == 0) {
      return false;
    }
    List<Delivery> taken = take(allowed);
    slots.add(taken);
    circuit.taken(taken.size());
    if (rate != null) {
      rate.giveBack(allowed - taken.size());
    }
    return !circuit.paused() && taken.size() == allowed;
  }

  private List<Delivery> take(int allowed) throws SQLException {
    boolean takesLarge = !holdsLarge && memory.tryLarge();
    try {
      TakeLimit size = new TakeLimit(freeBytes(), memory.destinationBytes(), takesLarge);
      List<Delivery> taken = take(allowed, size);
      holdsLarge = holdsLarge || takesLarge && taken.stream().anyMatch(this::isLarge);
      return taken;
    } finally {
      if (takesLarge && !holdsLarge) {
        memory.releaseLarge();
      }
    }
  }

  /** While the key is in doubt, a delivery of a record that was not refused shows more. */
  private List<Delivery> take(int allowed, TakeLimit size) throws SQLException {
    List<Delivery> unrefused =
        circuit.doubtsKey()
            ? queue.takeUnrefused(destination, allowed, size, config.lease())
            : List.of();
    return unrefused.isEmpty() ? queue.take(destination, allowed, size, config.lease()) : unrefused;
  }

  private void awaitWork() {
    try {
      if (wakeUps.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS) && slots.hasQueuedWork()) {
        // no call waits for us, so let a few more end: one transaction serves them all
        LockSupport.parkNanos(GATHER_NANOS);
      }
      wakeUps.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private void finish() {
    slots.close();
    while (System.nanoTime() - drainUntil < 0 && !drained()) {
      awaitWork();
    }
    if (holdsLarge) {
      memory.releaseLarge();
    }
  }

  /** Also records what has ended so far: who waits for the rest may be killed meanwhile. */
  private boolean drained() {
    boolean idle = slots.idle();
    return recordedAll() && idle;
  }

  private boolean recordedAll() {
    try {
      extendLeases();
      recordEnded();
      return true;
    } catch (SQLException e) {
      failed(e);
      return false;
    }
  }

  private void failed(SQLException e) {
    if (!failing) {
      LOG.warnf("Deliveries to %s wait for the database: %s", destination, e.getMessage());
    }
    failing = true;
  }

  private void recovered() {
    if (failing) {
      LOG.infof("Deliveries to %s go on", destination);
    }
    failing = false;
  }
}
