package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Counts {@code relay_memory_limits_total}: how often a memory limit made the relay wait or reject.
 */
@Singleton
public class LimitCounter {

  /** A poll was processed in parts. */
  public static final String POLL = "poll";

  /** A destination's consumer left due deliveries in the queue. */
  public static final String DELIVERIES = "deliveries";

  /** A message had too many JSON elements. */
  public static final String ELEMENTS = "elements";

  /** A long response of a vendor waited until another one was processed. */
  public static final String RESPONSES = "responses";

  private final MeterRegistry registry;

  public LimitCounter(MeterRegistry registry) {
    this.registry = registry;
    // Prometheus sees an increase only after it has scraped the 0
    List.of(POLL, DELIVERIES, ELEMENTS, RESPONSES).forEach(this::counter);
  }

  /** Counts one effect of the limit. */
  public void count(String limit) {
    counter(limit).increment();
  }

  private Counter counter(String limit) {
    return Counter.builder("relay_memory_limits")
        .description("How often a memory limit made work wait or a message dead")
        .tag("limit", limit)
        .register(registry);
  }
}
