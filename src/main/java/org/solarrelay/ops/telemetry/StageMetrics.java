package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.solarrelay.config.PipelineStage;

/** Publishes {@code relay_stage_waiting}: whether a stage waits for Kafka or PostgreSQL. */
@Singleton
public class StageMetrics {

  private final MeterRegistry registry;

  public StageMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Adds the gauge of a stage.
   *
   * @param stage the id of a {@link PipelineStage} or of a route that begins at a topic
   * @param waiting whether the stage waits for Kafka or PostgreSQL now
   */
  public void register(String stage, BooleanSupplier waiting) {
    Gauge.builder("relay_stage_waiting", waiting, now -> now.getAsBoolean() ? 1 : 0)
        .description("1 while the stage waits, because Kafka or PostgreSQL is unavailable")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
  }

  /** Removes the gauge of a stage. */
  public void unregister(String stage) {
    registry.find("relay_stage_waiting").tag("stage", stage).meters().forEach(registry::remove);
  }
}
