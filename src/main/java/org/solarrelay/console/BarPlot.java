package org.solarrelay.console;

import java.util.ArrayList;
import java.util.List;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Outcomes;

/**
 * A picture of counts: a bar for each interval, deliveries above the line and failed attempts below
 * it. An interval without a bar and without a place on the line is unknown.
 *
 * @param slots the number of intervals that the plot has room for
 * @param top the maximum number of deliveries in an interval
 * @param bottom the maximum number of failed attempts in an interval
 */
public record BarPlot(int slots, long top, long bottom, List<Bar> bars) {

  /** The height in the picture's units. */
  private static final double HEIGHT = 100;

  private static final int SLOT = 10;
  private static final int GAP = 2;
  private static final double LEAST = 2;

  /**
   * A rectangle in the picture's units.
   *
   * @param style {@code delivered}, {@code failed} or, for a known interval, {@code known}
   */
  public record Bar(int x, String y, int width, String height, String style) {

    private static Bar of(int slot, double y, double height, String style) {
      return new Bar(
          slot * SLOT + GAP / 2, PlotSlots.number(y), SLOT - GAP, PlotSlots.number(height), style);
    }
  }

  static BarPlot of(PlotSlots slots, List<Interval> intervals) {
    long top = intervals.stream().mapToLong(one -> one.outcomes().delivered()).max().orElse(0);
    long bottom = intervals.stream().mapToLong(one -> one.outcomes().failed()).max().orElse(0);
    double unit = HEIGHT / Math.max(1, top + bottom);
    double line = top + bottom == 0 ? HEIGHT : top * unit;
    List<Bar> bars = new ArrayList<>();
    for (Interval interval : intervals) {
      int slot = slots.of(interval);
      Outcomes outcomes = interval.outcomes();
      bars.add(Bar.of(slot, line - LEAST / 2, LEAST, "known"));
      if (outcomes.delivered() > 0) {
        double height = Math.max(LEAST, outcomes.delivered() * unit);
        bars.add(Bar.of(slot, line - height, height, "delivered"));
      }
      if (outcomes.failed() > 0) {
        bars.add(Bar.of(slot, line, Math.max(LEAST, outcomes.failed() * unit), "failed"));
      }
    }
    return new BarPlot(slots.count(), top, bottom, bars);
  }

  /** The width in the picture's units. */
  public int width() {
    return slots * SLOT;
  }

  /** Whether no interval is known. */
  public boolean isEmpty() {
    return bars.isEmpty();
  }
}
