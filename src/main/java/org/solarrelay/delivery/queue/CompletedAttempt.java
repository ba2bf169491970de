package org.solarrelay.delivery.queue;

import java.time.Duration;

/**
 * A completed attempt, to be recorded.
 *
 * @param withoutRetryCost whether the attempt leaves the delivery's retry budget untouched
 * @param took from its start to its end, zero where no call was started
 */
public record CompletedAttempt(
    Delivery delivery, AttemptResult result, boolean withoutRetryCost, Duration took) {

  public CompletedAttempt(Delivery delivery, AttemptResult result) {
    this(delivery, result, false, Duration.ZERO);
  }

  /** The same attempt with another result. */
  public CompletedAttempt with(AttemptResult other) {
    return new CompletedAttempt(delivery, other, withoutRetryCost, took);
  }

  /** The same attempt as dead, because the ledger cannot store its result. */
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
