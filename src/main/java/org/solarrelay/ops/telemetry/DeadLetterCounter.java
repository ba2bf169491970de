package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.config.ReloadableConfig;

/** Counts {@code relay_dead_letters_total}: messages written to {@code solar.dead-letters}. */
@Singleton
public class DeadLetterCounter {

  /** The label of messages that became dead letters before fan-out selected destinations. */
  private static final String NO_DESTINATION = "none";

  private final MeterRegistry registry;
  private final ReloadableConfig config;

  public DeadLetterCounter(MeterRegistry registry, ReloadableConfig config) {
    this.registry = registry;
    this.config = config;
    // Prometheus sees an increase only after it has scraped the 0
    beforeFanOut(PipelineStage.TRANSLATE.id(), 0);
    beforeFanOut(PipelineStage.FAN_OUT.id(), 0);
    config.destinations().keySet().forEach(this::deliveryCounter);
  }

  void addDestinations(@Observes DestinationsChangedEvent changed) {
    config.destinations().keySet().forEach(this::deliveryCounter);
  }

  /** Counts messages that became dead letters before they had a destination. */
  public void beforeFanOut(String stage, int count) {
    counter(stage, NO_DESTINATION).increment(count);
  }

  /** Counts one dead letter of a delivery. */
  public void delivery(String destination) {
    deliveryCounter(destination).increment();
  }

  private Counter deliveryCounter(String destination) {
    return counter(PipelineStage.DELIVER.id(), destination);
  }

  private Counter counter(String stage, String destination) {
    return Counter.builder("relay_dead_letters")
        .description("Messages written to solar.dead-letters")
        .tag("stage", stage)
        .tag("destination", destination)
        .register(registry);
  }
}
