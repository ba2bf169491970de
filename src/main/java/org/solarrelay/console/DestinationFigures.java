package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Latency;

/**
 * What happened at a destination within the last hour.
 *
 * @param slots the minutes of the hour
 * @param minutes the known minutes, oldest first
 * @param hour the known minutes together; empty where none is known
 */
public record DestinationFigures(PlotSlots slots, List<Interval> minutes, Optional<Interval> hour) {

  /** The number of minutes whose average is the rate. */
  private static final int RATE_MINUTES = 5;

  public OffsetDateTime since() {
    return slots.since();
  }

  public OffsetDateTime until() {
    return slots.until();
  }

  /** Half of the hour's deliveries were faster, such as {@code 240 ms}. */
  public String p50() {
    return latency(Latency::p50Ms);
  }

  /** 95 % of the hour's deliveries were faster, such as {@code 2.1 s}. */
  public String p95() {
    return latency(Latency::p95Ms);
  }

  private String latency(Function<Latency, Long> value) {
    return hour.map(Interval::latency).map(value).map(ConsoleTimes::milliseconds).orElse("unknown");
  }

  public BarPlot bars() {
    return BarPlot.of(slots, minutes);
  }

  /**
   * The deliveries of a minute, averaged over the last 5; {@code unknown} without a known minute.
   */
  public String rate() {
    return ratePerMinute()
        .map(rate -> "%s in a minute".formatted(PlotSlots.number(rate)))
        .orElse("unknown");
  }

  private Optional<Double> ratePerMinute() {
    List<Interval> last =
        minutes.stream()
            .filter(one -> !one.since().isBefore(until().minusMinutes(RATE_MINUTES)))
            .toList();
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            last.stream().mapToLong(one -> one.outcomes().delivered()).sum()
                / (double) last.size());
  }

  /**
   * How long the queue lasts at the present rate, in words.
   *
   * @param waiting how many deliveries wait
   */
  public String draining(long waiting) {
    if (waiting == 0) {
      return "Nothing waits.";
    }
    return ratePerMinute()
        .filter(rate -> rate > 0)
        .map(rate -> (long) Math.ceil(waiting / rate))
        .map("Draining takes about %d min at the present rate."::formatted)
        .orElse("How long draining takes is unknown: the last 5 minutes have no delivery.");
  }
}
