package org.solarrelay.delivery.queue;

import java.time.Duration;

/**
 * An attempt that is over, to be recorded.
 *
 * @param withoutRetryCost whether the time it took is not to count against the delivery's retry
 *     budget
 * @param took from its start to its end, zero where nothing was tried
 */
public record CompletedAttempt(
    Delivery delivery, AttemptResult result, boolean withoutRetryCost, Duration took) {

  public CompletedAttempt(Delivery delivery, AttemptResult verdict) {
    this(delivery, verdict, false, Duration.ZERO);
  }

  /** The same attempt with another verdict. */
  public CompletedAttempt with(AttemptResult other) {
    return new CompletedAttempt(delivery, other, withoutRetryCost, took);
  }

  /** The same attempt, whose outcome the ledger cannot store. */
  CompletedAttempt dead(String reason) {
    String ended =
        result.state() == DeliveryState.PENDING
            ? "the attempt failed"
            : "the attempt ended as " + result.state();
    String text = "%s, but %s".formatted(ended, reason);
    AttemptResult dead = AttemptResult.dead(result.status(), text, result.response());
    return new CompletedAttempt(delivery, dead, false, took);
  }
}
