package org.solarrelay.vendor.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds out that intake rejected all webhooks of a source for a while, because a token was wrong or
 * Kafka was unavailable, and accepts them again. Reads the counters of intake.
 */
final class RejectedWebhookDetector {

  private final MeterRegistry metrics;
  private final String source;
  private final Duration outage;
  private double accepted;
  private double rejected;
  private Instant firstRejection;
  private Instant lastRejection;

  RejectedWebhookDetector(MeterRegistry metrics, String source, Duration outage) {
    this.metrics = metrics;
    this.source = source;
    this.outage = outage;
    this.accepted = sum("relay_webhooks_accepted");
    this.rejected = sum("relay_webhooks_rejected");
  }

  /** Whether an outage has ended since the last call. */
  synchronized boolean hasEnded(Instant now) {
    double acceptedNow = sum("relay_webhooks_accepted");
    double rejectedNow = sum("relay_webhooks_rejected");
    boolean accepts = acceptedNow > accepted;
    if (rejectedNow > rejected) {
      firstRejection = firstRejection == null ? now : firstRejection;
      lastRejection = now;
    }
    accepted = acceptedNow;
    rejected = rejectedNow;
    if (!accepts || firstRejection == null) {
      return false;
    }
    boolean ended = Duration.between(firstRejection, lastRejection).compareTo(outage) >= 0;
    firstRejection = null;
    return ended;
  }

  private double sum(String counters) {
    return metrics.find(counters).tag("source", source).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
