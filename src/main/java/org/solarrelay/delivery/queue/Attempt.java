package org.solarrelay.delivery.queue;

import java.time.Duration;

/**
 * An attempt that is over, to be recorded.
 *
 * @param spared whether the time it took is not to count against the delivery's retry budget
 * @param took from its start to its end, zero where nothing was tried
 */
public record Attempt(Delivery delivery, Verdict verdict, boolean spared, Duration took) {

  public Attempt(Delivery delivery, Verdict verdict) {
    this(delivery, verdict, false, Duration.ZERO);
  }

  /** The same attempt with another verdict. */
  public Attempt with(Verdict other) {
    return new Attempt(delivery, other, spared, took);
  }

  /** The same attempt, whose outcome the ledger cannot store. */
  Attempt dead(String reason) {
    String ended =
        verdict.state().equals("pending")
            ? "the attempt failed"
            : "the attempt ended as " + verdict.state();
    String text = "%s, but %s".formatted(ended, reason);
    Verdict dead = Verdict.dead(verdict.status(), text, verdict.answer());
    return new Attempt(delivery, dead, false, took);
  }
}
