package org.solarrelay.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.DeliveryState;

/**
 * Times one destination's deliveries for the objective "99.9 % within 5 s while the destination is
 * up". The timer is {@code relay_delivery_seconds}, from the acceptance of an event to the recorded
 * delivery.
 *
 * <p>A delivery does not count where its duration was not up to the relay:
 *
 * <ul>
 *   <li>an operator replayed or approved it, or its message is a replayed dead letter;
 *   <li>one of its attempts failed;
 *   <li>its destination was paused at some time since its acceptance.
 * </ul>
 *
 * <p>A delivery that waited for a pod, for Kafka or for PostgreSQL counts. The time of acceptance
 * is stored with the event, so a restart does not change it.
 */
final class DeliveryObjective {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30)
  };

  private final Timer timer;

  DeliveryObjective(String destination, MeterRegistry registry) {
    this.timer =
        Timer.builder("relay_delivery")
            .description("Time from an event's acceptance to its delivery, where it counts")
            .tag("destination", destination)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /**
   * Decides whether a delivery counts, before the attempt is recorded.
   *
   * @param circuit the destination's circuit breaker, which has the attempt's result
   * @return the attempt with the decision
   */
  static CompletedAttempt decided(CompletedAttempt attempt, CircuitBreaker circuit) {
    boolean counts =
        attempt.result().state() == DeliveryState.DELIVERED
            && !attempt.delivery().retried()
            && circuit.closedFor(attempt.latency());
    return counts ? attempt.countedForObjective() : attempt;
  }

  /** Times a delivery that the destination has accepted, if it counts. */
  void record(CompletedAttempt attempt, Duration latency) {
    if (attempt.forObjective()) {
      timer.record(latency.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
