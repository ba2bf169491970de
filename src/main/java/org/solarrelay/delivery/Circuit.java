package org.solarrelay.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps a destination's deliveries back while it is down, asks us to wait or does not accept our
 * key: one at a time asks whether that is over, and all go on by themselves once one gets through.
 * Used by one thread; others may look whether it is paused.
 */
final class Circuit {

  static final Duration LONGEST_PROBE_WAIT = Duration.ofSeconds(30);

  private static final Duration FIRST_PROBE_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = Logger.getLogger(Circuit.class);

  private final String destination;
  private final int failuresToOpen;
  private final LongSupplier nanoClock;
  private final Set<Long> failing = new HashSet<>();
  private int failuresInRow;
  private volatile boolean paused;
  private long probeAt;
  private Duration probeWait = FIRST_PROBE_WAIT;

  /**
   * @param failuresToOpen how many failures in a row, of more than one delivery or without any
   *     answer, mean that the destination is down
   */
  Circuit(String destination, int failuresToOpen, LongSupplier nanoClock) {
    this.destination = destination;
    this.failuresToOpen = failuresToOpen;
    this.nanoClock = nanoClock;
  }

  boolean paused() {
    return paused;
  }

  /** How many of {@code wanted} deliveries may be taken now. */
  int allowed(int wanted) {
    if (!paused) {
      return wanted;
    }
    return nanoClock.getAsLong() - probeAt >= 0 ? Math.min(1, wanted) : 0;
  }

  /** That many were taken: while paused, they are the probe. */
  void taken(int deliveries) {
    if (paused && deliveries > 0) {
      waitForProbe(probeWait);
      Duration doubled = probeWait.multipliedBy(2);
      probeWait = doubled.compareTo(LONGEST_PROBE_WAIT) < 0 ? doubled : LONGEST_PROBE_WAIT;
    }
  }

  /** An attempt has ended. True where it pauses the destination or lets it go on. */
  boolean heard(Attempt attempt) {
    boolean before = paused;
    Verdict verdict = attempt.verdict();
    switch (verdict.sign()) {
      case ANSWERS -> close();
      case KEY_REFUSED ->
          open("it does not accept our key", verdict, LONGEST_PROBE_WAIT, LONGEST_PROBE_WAIT);
      case BUSY -> open("it asks us to wait", verdict, askedWait(verdict), FIRST_PROBE_WAIT);
      case DOWN, UNREACHABLE -> failed(attempt);
      case NONE -> {}
    }
    return paused != before;
  }

  /**
   * The attempt as it is to be recorded: while the destination is paused, a failure is none of the
   * event's, and costs nothing of its retry budget.
   */
  Attempt spared(Attempt attempt) {
    return paused && attempt.verdict().sign().isOutage()
        ? new Attempt(attempt.delivery(), attempt.verdict().spared(FIRST_PROBE_WAIT), true)
        : attempt;
  }

  private void failed(Attempt attempt) {
    failuresInRow++;
    failing.add(attempt.delivery().id());
    boolean noEventsFault = failing.size() > 1 || attempt.verdict().sign() == Sign.UNREACHABLE;
    if (failuresInRow >= failuresToOpen && noEventsFault) {
      String why = "%d calls in a row failed".formatted(failuresInRow);
      open(why, attempt.verdict(), FIRST_PROBE_WAIT, FIRST_PROBE_WAIT);
    }
  }

  /** A delivery whose budget is spent is not tried again itself, and so has no wait of its own. */
  private static Duration askedWait(Verdict verdict) {
    return verdict.retryAfter() == null ? FIRST_PROBE_WAIT : verdict.retryAfter();
  }

  /**
   * @param first how long until the first probe
   * @param next how long from there to the second; later ones come more and more rarely
   */
  private void open(String why, Verdict verdict, Duration first, Duration next) {
    if (paused) {
      return;
    }
    paused = true;
    LOG.warnf(
        "Deliveries to %s pause: %s%s",
        destination, why, verdict.status() == null ? "" : ", it answered " + verdict.status());
    probeWait = next;
    waitForProbe(first);
  }

  private void close() {
    failuresInRow = 0;
    failing.clear();
    if (paused) {
      paused = false;
      LOG.infof("Deliveries to %s go on: it takes them again", destination);
    }
  }

  private void waitForProbe(Duration wait) {
    probeAt = nanoClock.getAsLong() + wait.toNanos();
  }
}
