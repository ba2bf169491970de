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

/** Shows the stages that read topics: their lag, whether they wait, their dead letters. */
@Singleton
class StageMeters {

  private final MeterRegistry registry;
  private final StageMetrics stages;
  private final DeadLetterCounter deadLetters;
  private final Map<String, Shown> shown = new HashMap<>();

  /** A stage as it is shown. It has two readers while a change of its topics is loaded. */
  private static final class Shown {
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

  synchronized void show(String stage, TopicReader reader) {
    shown.computeIfAbsent(stage, this::register).readers.add(reader);
  }

  private Shown register(String stage) {
    Shown now = new Shown();
    now.gauge =
        Gauge.builder("relay_consumer_lag", now, Shown::lag)
            .description("Records of this pod's partitions that it has not fetched yet")
            .tag("stage", stage)
            .strongReference(true)
            .register(registry);
    stages.watch(stage, now::waiting);
    deadLetters.beforeFanOut(stage, 0);
    return now;
  }

  /** Shows a reader no longer, and the stage no longer where it was its last. */
  synchronized void hide(String stage, TopicReader reader) {
    Shown known = shown.get(stage);
    if (known != null && known.readers.remove(reader) && known.readers.isEmpty()) {
      shown.remove(stage);
      registry.remove(known.gauge);
      stages.forget(stage);
    }
  }
}
