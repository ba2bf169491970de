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
 * Keeps a destination's deliveries back while it is down, asks us to wait or does not accept our
 * key: one at a time asks whether that is over, and all go on by themselves once one gets through.
 * One refused record is no proof of a wrong key: deliveries then go one at a time, without a pause,
 * until one of another record passes or is refused as well. While an operator holds the destination
 * back, none asks. Used by one thread; others may look whether it is paused.
 */
final class CircuitBreaker {

  private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);

  /** What keeps deliveries back; an operator counts before the destination's own doing. */
  enum State {
    CLOSED,
    DOWN,
    BUSY,
    KEY_REFUSED,
    OPERATOR;

    /** As it is shown: {@code key-refused}. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final String destination;
  private final int failuresToOpen;
  private final Duration firstProbeWait;
  private final Duration longestProbeWait;
  private final LongSupplier nanoClock;
  private final Set<Long> failing = new HashSet<>();

  /** Records that were refused since a delivery passed. */
  private final Set<String> refused = new HashSet<>();

  private int failuresInRow;
  private volatile PauseReason opened;
  private volatile State openedAs;
  private volatile boolean operatorPaused;
  private long probeAt;
  private Duration probeWait;

  CircuitBreaker(String destination, RelayConfig.Delivery config, LongSupplier nanoClock) {
    this.destination = destination;
    this.failuresToOpen = config.circuitFailures();
    this.firstProbeWait = config.probeInitialDelay();
    this.longestProbeWait = config.probeMaxDelay();
    this.nanoClock = nanoClock;
  }

  boolean paused() {
    return operatorPaused || opened != null;
  }

  State state() {
    if (operatorPaused) {
      return State.OPERATOR;
    }
    return opened == null ? State.CLOSED : openedAs;
  }

  /** Why it is paused where that is the destination's own doing; else null. */
  PauseReason opened() {
    return opened;
  }

  /** Whether an operator holds the destination back. True where that pauses it. */
  boolean setOperatorPaused(boolean held) {
    boolean pauses = held && !operatorPaused;
    operatorPaused = held;
    return pauses;
  }

  /** How many of {@code wanted} deliveries may be taken now. */
  int allowed(int wanted) {
    if (!paused() && refused.isEmpty()) {
      return wanted;
    }
    boolean probes = !operatorPaused && nanoClock.getAsLong() - probeAt >= 0;
    return probes ? Math.min(1, wanted) : 0;
  }

  /** Whether the next probe is to be a delivery that was not refused before. */
  boolean doubtsKey() {
    return opened == null ? !refused.isEmpty() : openedAs == State.KEY_REFUSED;
  }

  /** That many were taken: while paused, they are the probe. */
  void taken(int deliveries) {
    if (deliveries == 0) {
      return;
    }
    if (opened == null) {
      waitForProbe(firstProbeWait);
    } else {
      waitForProbe(probeWait);
      Duration doubled = probeWait.multipliedBy(2);
      probeWait = doubled.compareTo(longestProbeWait) < 0 ? doubled : longestProbeWait;
    }
  }

  /** An attempt has ended. True where it pauses the destination or lets it go on. */
  boolean record(CompletedAttempt attempt) {
    PauseReason before = opened;
    AttemptResult verdict = attempt.result();
    switch (verdict.health()) {
      case UP -> close();
      case KEY_REFUSED -> refused(attempt);
      case BUSY ->
          open(State.BUSY, "it asks us to wait", verdict, askedWait(verdict), firstProbeWait);
      case DOWN, UNREACHABLE -> failed(attempt);
      case NONE -> {}
    }
    if (opened == null && !refused.isEmpty()) {
      waitForProbe(Duration.ZERO);
    }
    return opened != before;
  }

  /**
   * The attempt as it is to be recorded: while the destination is paused, a failure is none of the
   * event's, and costs nothing of its retry budget.
   */
  CompletedAttempt withoutRetryCost(CompletedAttempt attempt) {
    return paused() && attempt.result().health().isOutage()
        ? new CompletedAttempt(
            attempt.delivery(),
            attempt.result().withoutRetryCost(firstProbeWait),
            true,
            attempt.took())
        : attempt;
  }

  private void refused(CompletedAttempt attempt) {
    refused.add(record(attempt.delivery()));
    if (refused.size() > 1) {
      open(
          State.KEY_REFUSED,
          "it does not accept our key",
          attempt.result(),
          longestProbeWait,
          longestProbeWait);
    } else if (opened == null) {
      LOG.warnf(
          "%s refused a delivery as it refuses a wrong key; the next one of another record shows"
              + " whether the key is wrong",
          destination);
    }
  }

  private static String record(Delivery delivery) {
    return delivery.event() == null ? "delivery " + delivery.id() : delivery.event().record();
  }

  private void failed(CompletedAttempt attempt) {
    failuresInRow++;
    failing.add(attempt.delivery().id());
    boolean noEventsFault =
        failing.size() > 1 || attempt.result().health() == DestinationHealth.UNREACHABLE;
    if (failuresInRow >= failuresToOpen && noEventsFault) {
      String why = "%d calls in a row failed".formatted(failuresInRow);
      open(State.DOWN, why, attempt.result(), firstProbeWait, firstProbeWait);
    }
  }

  /** A delivery whose budget is spent is not tried again itself, and so has no wait of its own. */
  private Duration askedWait(AttemptResult verdict) {
    return verdict.retryAfter() == null ? firstProbeWait : verdict.retryAfter();
  }

  /**
   * @param first how long until the first probe
   * @param next how long from there to the second; later ones come more and more rarely
   */
  private void open(State state, String why, AttemptResult verdict, Duration first, Duration next) {
    if (opened != null) {
      return;
    }
    openedAs = state;
    String reason = why + (verdict.status() == null ? "" : ", it returned " + verdict.status());
    opened = new PauseReason(reason, OffsetDateTime.now(ZoneOffset.UTC), null);
    LOG.warnf("Deliveries to %s pause: %s", destination, reason);
    probeWait = next;
    waitForProbe(first);
  }

  private void close() {
    failuresInRow = 0;
    failing.clear();
    refused.clear();
    if (opened != null) {
      opened = null;
      String goOn = operatorPaused ? "wait for the operator alone" : "go on";
      LOG.infof("Deliveries to %s %s: it takes them again", destination, goOn);
    }
  }

  private void waitForProbe(Duration wait) {
    probeAt = nanoClock.getAsLong() + wait.toNanos();
  }
}
