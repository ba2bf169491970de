package org.solarrelay.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps a destination's deliveries back while it does not accept our key: one at a time asks
 * whether it does again, and all go on by themselves once one gets through. Used by one thread;
 * others may look whether it is paused.
 */
final class KeyPause {

  static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(KeyPause.class);

  private final String destination;
  private final LongSupplier nanoClock;
  private volatile boolean paused;
  private long probeAt;

  KeyPause(String destination, LongSupplier nanoClock) {
    this.destination = destination;
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
      waitForProbe();
    }
  }

  /** An attempt has ended. A failure that may pass says nothing of the key. */
  void heard(Verdict verdict) {
    if (verdict.keyRefused()) {
      pause(verdict);
    } else if (paused && !verdict.state().equals("pending")) {
      paused = false;
      LOG.infof("Deliveries to %s go on: it accepts our key again", destination);
    }
  }

  private void pause(Verdict verdict) {
    if (!paused) {
      LOG.warnf(
          "Deliveries to %s pause: it does not accept our key%s",
          destination, verdict.status() == null ? "" : ", it answered " + verdict.status());
      waitForProbe();
    }
    paused = true;
  }

  private void waitForProbe() {
    probeAt = nanoClock.getAsLong() + PROBE_EVERY.toNanos();
  }
}
