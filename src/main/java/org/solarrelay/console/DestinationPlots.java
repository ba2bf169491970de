package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.List;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;

/**
 * The plots of a destination's page.
 *
 * @param range the time that the plots show
 * @param slots the intervals of the range
 * @param intervals the known intervals, oldest first
 */
public record DestinationPlots(PlotRange range, PlotSlots slots, List<Interval> intervals) {

  public OffsetDateTime since() {
    return slots.since();
  }

  public OffsetDateTime until() {
    return slots.until();
  }

  /** The ranges to choose from. */
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
