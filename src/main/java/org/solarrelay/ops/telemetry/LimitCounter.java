package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Counts {@code relay_memory_limits_total}: how often a bound of memory made the relay wait or
 * refuse.
 */
@Singleton
public class LimitCounter {

  /** A poll was handled in parts. */
  public static final String POLL = "poll";

  /** A destination's worker left due deliveries in the queue for now. */
  public static final String DELIVERIES = "deliveries";

  /** A message had too many JSON elements. */
  public static final String ELEMENTS = "elements";

  /** A long response of a vendor waited until another one was processed. */
  public static final String RESPONSES = "responses";

  private final MeterRegistry registry;

  public LimitCounter(MeterRegistry registry) {
    this.registry = registry;
    // an increase shows only where the 0 before it was seen
    List.of(POLL, DELIVERIES, ELEMENTS, RESPONSES).forEach(this::counter);
  }

  /** One more time that the limit took effect. */
  public void count(String limit) {
    counter(limit).increment();
  }

  private Counter counter(String limit) {
    return Counter.builder("relay_memory_limits")
        .description("How often a limit of memory made work wait, or a message dead")
        .tag("limit", limit)
        .register(registry);
  }
}
