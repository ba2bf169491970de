package org.solarrelay.topic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.solarrelay.telemetry.DeadLetterCounter;
import org.solarrelay.telemetry.StageGauges;

/** Shows the stages that read topics: their lag, whether they wait, their dead letters. */
@Singleton
class StageMeters {

  private final MeterRegistry registry;
  private final StageGauges stages;
  private final DeadLetterCounter deadLetters;
  private final Map<String, Shown> shown = new HashMap<>();

  /** A stage as it is shown; another reader of it may take over. */
  private static final class Shown {
    private volatile TopicReader reader;
    private Gauge lag;
  }

  StageMeters(MeterRegistry registry, StageGauges stages, DeadLetterCounter deadLetters) {
    this.registry = registry;
    this.stages = stages;
    this.deadLetters = deadLetters;
  }

  synchronized void show(String stage, TopicReader reader) {
    Shown known = shown.get(stage);
    if (known != null) {
      known.reader = reader;
      return;
    }
    Shown now = new Shown();
    now.reader = reader;
    now.lag =
        Gauge.builder("relay_consumer_lag", now, it -> it.reader.lag())
            .description("Records of this pod's partitions that it has not fetched yet")
            .tag("stage", stage)
            .strongReference(true)
            .register(registry);
    stages.watch(stage, () -> now.reader.waiting());
    deadLetters.beforeFanOut(stage, 0);
    shown.put(stage, now);
  }

  /** Shows the stage no longer, unless another reader has taken over. */
  synchronized void hide(String stage, TopicReader reader) {
    Shown known = shown.get(stage);
    if (known != null && known.reader == reader) {
      shown.remove(stage);
      registry.remove(known.lag);
      stages.forget(stage);
    }
  }
}
