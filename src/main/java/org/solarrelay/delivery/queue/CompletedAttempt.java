package org.solarrelay.delivery.queue;

import java.time.Duration;
import java.time.Instant;
import org.solarrelay.ops.telemetry.ElapsedTime;

/**
 * A completed attempt, to be recorded.
 *
 * @param withoutRetryCost whether the attempt leaves the delivery's retry budget untouched
 * @param took from its start to its end, zero where no call was started
 * @param forObjective whether the delivery counts for the latency objective
 */
public record CompletedAttempt(
    Delivery delivery,
    AttemptResult result,
    boolean withoutRetryCost,
    Duration took,
    boolean forObjective) {

  public CompletedAttempt(Delivery delivery, AttemptResult result) {
    this(delivery, result, Duration.ZERO);
  }

  public CompletedAttempt(Delivery delivery, AttemptResult result, Duration took) {
    this(delivery, result, false, took, false);
  }

  /** The same attempt, whose failure leaves the delivery's retry budget untouched. */
  public CompletedAttempt withoutRetryCost(Duration wait) {
    return new CompletedAttempt(delivery, result.withoutRetryCost(wait), true, took, forObjective);
  }

  /** The same attempt, whose delivery counts for the latency objective. */
  public CompletedAttempt countedForObjective() {
    return new CompletedAttempt(delivery, result, withoutRetryCost, took, true);
  }

  /** How long the delivery took from its event's acceptance until now. */
  public Duration latency() {
    return ElapsedTime.between(delivery.origin().accepted(), Instant.now());
  }

  /** The same attempt with another result. It has sent the same requests. */
  public CompletedAttempt with(AttemptResult other) {
    return new CompletedAttempt(
        delivery, other.withCalls(result.calls()), withoutRetryCost, took, forObjective);
  }

  /** Returns the duration in milliseconds, rounded up; null where no call was started. */
  Integer durationMillis() {
    return took.isZero() ? null : (int) took.plusNanos(999_999).toMillis();
  }

  /** The same attempt as dead, because the ledger cannot store its result. */
  CompletedAttempt dead(String reason) {
    String ended =
        result.state() == DeliveryState.PENDING
            ? "the attempt failed"
            : "the attempt ended as " + result.state();
    String text = "%s, but %s".formatted(ended, reason);
    AttemptResult dead = AttemptResult.dead(result.status(), text, result.response());
    return new CompletedAttempt(delivery, dead, took);
  }
}
