package org.solarrelay.topic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.ops.telemetry.StageMetrics;

/** Registers the metrics of the stages that read topics: lag, waiting, dead letters. */
@Singleton
class StageMeters {

  private final MeterRegistry registry;
  private final StageMetrics stages;
  private final DeadLetterCounter deadLetters;
  private final Map<String, Stage> metersByStage = new HashMap<>();

  /**
   * The metrics of a stage. While a version with other topics replaces its route, the stage has two
   * readers.
   */
  private static final class Stage {
    private final List<TopicReader> readers = new CopyOnWriteArrayList<>();
    private Gauge gauge;

    private long lag() {
      return readers.stream().mapToLong(TopicReader::lag).sum();
    }

    private boolean waiting() {
      return readers.stream().anyMatch(TopicReader::waiting);
    }
  }

  StageMeters(MeterRegistry registry, StageMetrics stages, DeadLetterCounter deadLetters) {
    this.registry = registry;
    this.stages = stages;
    this.deadLetters = deadLetters;
  }

  /** Adds a reader, and with the first one the stage's metrics. */
  synchronized void add(String stage, TopicReader reader) {
    metersByStage.computeIfAbsent(stage, this::register).readers.add(reader);
  }

  private Stage register(String stage) {
    Stage added = new Stage();
    added.gauge =
        Gauge.builder("relay_consumer_lag", added, Stage::lag)
            .description("Records of this pod's partitions that it has not fetched yet")
            .tag("stage", stage)
            .strongReference(true)
            .register(registry);
    stages.register(stage, added::waiting);
    // Prometheus sees an increase only after it has scraped the 0
    deadLetters.beforeFanOut(stage, 0);
    return added;
  }

  /** Removes a reader, and with the last one the stage's metrics. */
  synchronized void remove(String stage, TopicReader reader) {
    Stage known = metersByStage.get(stage);
    if (known != null && known.readers.remove(reader) && known.readers.isEmpty()) {
      metersByStage.remove(stage);
      registry.remove(known.gauge);
      stages.unregister(stage);
    }
  }
}
