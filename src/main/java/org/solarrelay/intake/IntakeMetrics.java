package org.solarrelay.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what intake answers: accepted, and refused by HTTP status. */
@Singleton
class IntakeMetrics {

  private final MeterRegistry registry;
  private final Counter accepted;
  private final Map<Integer, Counter> rejected = new ConcurrentHashMap<>();

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.accepted = registry.counter("relay_webhooks_accepted");
  }

  void accepted() {
    accepted.increment();
  }

  void rejected(int status) {
    rejected
        .computeIfAbsent(
            status, code -> registry.counter("relay_webhooks_rejected", "status", "" + code))
        .increment();
  }
}
