package org.solarrelay.ops.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.solarrelay.config.PipelineStage;

/** Shows {@code relay_stage_waiting}: whether a stage can not work for want of what it needs. */
@Singleton
public class StageMetrics {

  private final MeterRegistry registry;

  public StageMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows a stage from now on.
   *
   * @param stage the id of a {@link PipelineStage} or of a route that begins at a topic
   * @param waiting whether Kafka or PostgreSQL keep it from its work at the moment
   */
  public void watch(String stage, BooleanSupplier waiting) {
    Gauge.builder("relay_stage_waiting", waiting, now -> now.getAsBoolean() ? 1 : 0)
        .description("1 while the stage can not work because Kafka or PostgreSQL is away")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
  }

  /** Shows a stage no longer. */
  public void forget(String stage) {
    registry.find("relay_stage_waiting").tag("stage", stage).meters().forEach(registry::remove);
  }
}
