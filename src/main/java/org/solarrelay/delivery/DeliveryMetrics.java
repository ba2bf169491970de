package org.solarrelay.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Counts recorded attempts by destination and outcome, and tells the log of dead deliveries. */
@Singleton
class DeliveryMetrics {

  private static final Logger LOG = Logger.getLogger("org.solarrelay.delivery");

  private final MeterRegistry registry;

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows {@code relay_destination_paused}: 1 while the destination is paused. */
  void watchPause(String destination, Circuit circuit) {
    Gauge.builder("relay_destination_paused", circuit, watched -> watched.paused() ? 1 : 0)
        .tag("destination", destination)
        .strongReference(true)
        .register(registry);
  }

  void count(Attempt attempt) {
    Delivery delivery = attempt.delivery();
    String state = attempt.verdict().state();
    String outcome = state.equals("pending") ? "retried" : state;
    registry
        .counter("relay_deliveries", "destination", delivery.destination(), "outcome", outcome)
        .increment();
    if (state.equals("dead")) {
      // without the reason: a vendor's words may quote the customer
      LOG.warnf(
          "Event %s is dead at %s after %d attempt(s), see /api/events/%s",
          delivery.event().id(), delivery.destination(), delivery.attempt(), delivery.event().id());
    }
    if (state.equals("held")) {
      LOG.infof(
          "Event %s waits for approval at %s: POST /api/deliveries/%d/approve or .../decline",
          delivery.event().id(), delivery.destination(), delivery.id());
    }
  }
}
