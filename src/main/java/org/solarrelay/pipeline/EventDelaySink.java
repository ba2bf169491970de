package org.solarrelay.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.event.Event;
import org.solarrelay.topic.AcceptedTime;
import org.solarrelay.topic.BatchRecord;
import org.solarrelay.topic.InboxPosition;
import org.solarrelay.topic.RecordBatch;
import org.solarrelay.topic.ReplayedRecord;

/**
 * Times delays of events by source, as {@code relay_event_delay_seconds}. A batch counts when it is
 * stored, so that an outage counts no event twice.
 */
@Singleton
final class EventDelaySink implements RecordBatch.Sink<EventDelay> {

  /** The label of unknown sources: a producer must not create a time series per invented name. */
  private static final String OTHER = "other";

  /** The company's own producer (docs/events.md). */
  private static final String CRM = "crm";

  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private final Map<String, Timer> timers;

  EventDelaySink(MeterRegistry registry, RelayConfig config) {
    this.timers =
        Stream.concat(config.sources().keySet().stream(), Stream.of(CRM, OTHER))
            .distinct()
            .collect(Collectors.toMap(Function.identity(), source -> timer(registry, source)));
  }

  private static Timer timer(MeterRegistry registry, String source) {
    return Timer.builder("relay_event_delay")
        .description("Time from what an event reports to the event's acceptance")
        .tag("source", source)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** Adds the delay of a webhook, or of a producer's event. A replayed record has no delay. */
  void add(BatchRecord record, EventDelay delay) {
    if (!ReplayedRecord.isReplayed(record.record().headers())) {
      record.add(this, delay);
    }
  }

  /**
   * Adds the delay of an event from a topic, unless its webhook or its cause has counted. The time
   * of a reconciled event is that of a request by the relay.
   */
  void addProducers(BatchRecord record, Event event) {
    boolean counts =
        event.causation() == null
            && !event.reconciled()
            && !InboxPosition.isIn(record.record().headers());
    if (counts) {
      EventDelay.of(event.source(), event.time(), AcceptedTime.at(record.record()))
          .ifPresent(delay -> add(record, delay));
    }
  }

  @Override
  public RecordBatch.Phase phase() {
    return RecordBatch.Phase.METRICS;
  }

  @Override
  public List<Rejected<EventDelay>> store(List<EventDelay> delays) {
    for (EventDelay delay : delays) {
      timers.getOrDefault(delay.source(), timers.get(OTHER)).record(delay.delay());
    }
    return List.of();
  }
}
