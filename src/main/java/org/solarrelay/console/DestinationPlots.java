package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.List;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;

/**
 * The plots of a destination's page.
 *
 * @param range the time that they show
 * @param slots its intervals
 * @param intervals those that are known, oldest first
 */
public record DestinationPlots(PlotRange range, PlotSlots slots, List<Interval> intervals) {

  public OffsetDateTime since() {
    return slots.since();
  }

  public OffsetDateTime until() {
    return slots.until();
  }

  /** What else can be shown. */
  public PlotRange[] ranges() {
    return PlotRange.values();
  }

  public BarPlot bars() {
    return BarPlot.of(slots, intervals);
  }

  public LinePlot lines() {
    return LinePlot.of(slots, intervals);
  }

  public List<IntervalView> rows() {
    return IntervalView.of(intervals);
  }
}
