package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.solarrelay.config.DestinationsChangedEvent;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.config.ReloadableConfig;

/** Counts {@code relay_dead_letters_total}: what was written to the topic of dead letters. */
@Singleton
public class DeadLetterCounter {

  /** Before fan-out nobody knows for whom a message was. */
  private static final String NO_DESTINATION = "none";

  private final MeterRegistry registry;
  private final ReloadableConfig live;

  public DeadLetterCounter(MeterRegistry registry, ReloadableConfig live) {
    this.registry = registry;
    this.live = live;
    // an increase is only seen by who saw the 0 before it
    beforeFanOut(PipelineStage.TRANSLATE.id(), 0);
    beforeFanOut(PipelineStage.FAN_OUT.id(), 0);
    live.destinations().keySet().forEach(this::ofDelivery);
  }

  void show(@Observes DestinationsChangedEvent changed) {
    live.destinations().keySet().forEach(this::ofDelivery);
  }

  /** So many messages became dead letters that had no destination yet. */
  public void beforeFanOut(String stage, int letters) {
    counter(stage, NO_DESTINATION).increment(letters);
  }

  /** One delivery's event became a dead letter. */
  public void delivery(String destination) {
    ofDelivery(destination).increment();
  }

  private Counter ofDelivery(String destination) {
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
