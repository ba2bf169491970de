package org.solarrelay.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.PauseReason;

/**
 * Pauses a destination that is down, responds 429, or rejects the relay's key. While the
 * destination is paused, one delivery at a time is the probe; the first success resumes all
 * deliveries.
 *
 * <p>One rejected record does not prove a wrong key. After the first rejection deliveries start one
 * at a time, without a pause, until a delivery of another record succeeds or is rejected as well.
 *
 * <p>While an operator has paused the destination, there is no probe. One thread uses the breaker;
 * other threads may read its state.
 */
final class CircuitBreaker {

  private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);

  /**
   * Why deliveries are paused. An operator's pause takes precedence over the destination's own
   * state.
   */
  enum State {
    CLOSED,
    DOWN,
    BUSY,
    KEY_REFUSED,
    OPERATOR;

    /** The text for metrics, such as {@code key-refused}. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final String destination;
  private final int failuresToOpen;
  private final Duration firstProbeWait;
  private final Duration longestProbeWait;
  private final LongSupplier nanoClock;
  private final Set<Long> failingDeliveries = new HashSet<>();

  /** Records whose key was rejected since the last success. */
  private final Set<String> rejectedRecords = new HashSet<>();

  private int failuresInRow;
  private volatile PauseReason pauseReason;
  private volatile State openState;
  private volatile boolean operatorPaused;
  private boolean everPaused;
  private long pausedUntil;
  private long nextProbeAt;
  private Duration probeWait;

  CircuitBreaker(String destination, RelayConfig.Delivery config, LongSupplier nanoClock) {
    this.destination = destination;
    this.failuresToOpen = config.circuitFailures();
    this.firstProbeWait = config.probeInitialDelay();
    this.longestProbeWait = config.probeMaxDelay();
    this.nanoClock = nanoClock;
  }

  boolean paused() {
    return operatorPaused || pauseReason != null;
  }

  State state() {
    if (operatorPaused) {
      return State.OPERATOR;
    }
    return pauseReason == null ? State.CLOSED : openState;
  }

  /** Why the breaker is open; null where it is closed. */
  PauseReason pauseReason() {
    return pauseReason;
  }

  /**
   * Whether the destination was not paused at any moment of the last {@code time}. A pause from
   * before the creation of this breaker does not count.
   */
  boolean closedFor(Duration time) {
    return !paused() && (!everPaused || nanoClock.getAsLong() - pausedUntil >= time.toNanos());
  }

  private void onPauseEnded() {
    everPaused = true;
    pausedUntil = nanoClock.getAsLong();
  }

  /** Sets whether an operator has paused the destination. True where this call begins the pause. */
  boolean setOperatorPaused(boolean paused) {
    boolean begins = paused && !operatorPaused;
    if (operatorPaused && !paused) {
      onPauseEnded();
    }
    operatorPaused = paused;
    return begins;
  }

  /** Returns how many of {@code wanted} deliveries the worker may take now. */
  int allowed(int wanted) {
    if (!paused() && rejectedRecords.isEmpty()) {
      return wanted;
    }
    boolean probes = !operatorPaused && nanoClock.getAsLong() - nextProbeAt >= 0;
    return probes ? Math.min(1, wanted) : 0;
  }

  /** Whether the next probe must be a delivery that was not rejected before. */
  boolean isKeyInDoubt() {
    return pauseReason == null ? !rejectedRecords.isEmpty() : openState == State.KEY_REFUSED;
  }

  /** Notes taken deliveries. While the destination is paused, they are the probe. */
  void onTaken(int deliveries) {
    if (deliveries == 0) {
      return;
    }
    if (pauseReason == null) {
      waitForProbe(firstProbeWait);
    } else {
      waitForProbe(probeWait);
      Duration doubled = probeWait.multipliedBy(2);
      probeWait = doubled.compareTo(longestProbeWait) < 0 ? doubled : longestProbeWait;
    }
  }

  /** Records a completed attempt. True where it opens or closes the breaker. */
  boolean record(CompletedAttempt attempt) {
    PauseReason before = pauseReason;
    AttemptResult result = attempt.result();
    switch (result.health()) {
      case UP -> close();
      case KEY_REFUSED -> onKeyRejected(attempt);
      case BUSY ->
          open(State.BUSY, "it asks us to wait", result, requestedWait(result), firstProbeWait);
      case DOWN, UNREACHABLE -> onFailure(attempt);
      case NONE -> {}
    }
    if (pauseReason == null && !rejectedRecords.isEmpty()) {
      waitForProbe(Duration.ZERO);
    }
    return pauseReason != before;
  }

  /**
   * Returns the attempt to record. While the destination is paused, a failure does not count
   * against the event's retry budget.
   */
  CompletedAttempt withoutRetryCost(CompletedAttempt attempt) {
    return paused() && attempt.result().health().isOutage()
        ? attempt.withoutRetryCost(firstProbeWait)
        : attempt;
  }

  private void onKeyRejected(CompletedAttempt attempt) {
    rejectedRecords.add(recordKey(attempt.delivery()));
    if (rejectedRecords.size() > 1) {
      open(
          State.KEY_REFUSED,
          "it does not accept our key",
          attempt.result(),
          longestProbeWait,
          longestProbeWait);
    } else if (pauseReason == null) {
      LOG.warnf(
          "%s rejected a delivery as it rejects a wrong key; the next delivery of another record"
              + " shows whether the key is wrong",
          destination);
    }
  }

  private static String recordKey(Delivery delivery) {
    return delivery.event() == null ? "delivery " + delivery.id() : delivery.event().record();
  }

  private void onFailure(CompletedAttempt attempt) {
    failuresInRow++;
    failingDeliveries.add(attempt.delivery().id());
    boolean destinationAtFault =
        failingDeliveries.size() > 1 || attempt.result().health() == DestinationHealth.UNREACHABLE;
    if (failuresInRow >= failuresToOpen && destinationAtFault) {
      String why = "%d calls in a row failed".formatted(failuresInRow);
      open(State.DOWN, why, attempt.result(), firstProbeWait, firstProbeWait);
    }
  }

  /** Returns the wait that the destination asked for. A dead delivery has none. */
  private Duration requestedWait(AttemptResult result) {
    return result.retryAfter() == null ? firstProbeWait : result.retryAfter();
  }

  /**
   * @param first wait before the first probe
   * @param next wait before the second probe; doubles with each further probe
   */
  private void open(State state, String why, AttemptResult result, Duration first, Duration next) {
    if (pauseReason != null) {
      return;
    }
    openState = state;
    String reason = why + (result.status() == null ? "" : ", it returned " + result.status());
    pauseReason = new PauseReason(reason, OffsetDateTime.now(ZoneOffset.UTC), null);
    LOG.warnf("Deliveries to %s pause: %s", destination, reason);
    probeWait = next;
    waitForProbe(first);
  }

  private void close() {
    failuresInRow = 0;
    failingDeliveries.clear();
    rejectedRecords.clear();
    if (pauseReason != null) {
      pauseReason = null;
      onPauseEnded();
      String state = operatorPaused ? "wait only for the operator" : "go on";
      LOG.infof("Deliveries to %s %s: it accepts them again", destination, state);
    }
  }

  private void waitForProbe(Duration wait) {
    nextProbeAt = nanoClock.getAsLong() + wait.toNanos();
  }
}
