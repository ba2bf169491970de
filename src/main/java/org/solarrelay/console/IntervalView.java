package org.solarrelay.console;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Outcomes;

/**
 * An interval of a plot, as a row of the table beside it.
 *
 * @param interval the figures of the interval
 */
public record IntervalView(Interval interval) {

  private static final String UNKNOWN = "unknown";

  /** The newest first, as people look for what is wrong now. */
  static List<IntervalView> of(List<Interval> intervals) {
    return intervals.stream()
        .sorted((one, other) -> other.since().compareTo(one.since()))
        .map(IntervalView::new)
        .toList();
  }

  public OffsetDateTime since() {
    return interval.since();
  }

  public Outcomes outcomes() {
    return interval.outcomes();
  }

  /** Such as {@code 240 ms}. */
  public String p50() {
    return milliseconds(interval.latency().p50Ms());
  }

  /** Such as {@code 2.1 s}. */
  public String p95() {
    return milliseconds(interval.latency().p95Ms());
  }

  private static String milliseconds(Long millis) {
    return Optional.ofNullable(millis).map(ConsoleTimes::milliseconds).orElse(UNKNOWN);
  }

  /** How many deliveries waited. */
  public String waiting() {
    return Optional.ofNullable(interval.backlog().waiting())
        .map(count -> Long.toString(count))
        .orElse(UNKNOWN);
  }

  /** How long the oldest unfinished delivery was in the queue. */
  public String oldest() {
    return Optional.ofNullable(interval.backlog().oldestSeconds())
        .map(Duration::ofSeconds)
        .map(ConsoleTimes::words)
        .orElse(UNKNOWN);
  }
}
