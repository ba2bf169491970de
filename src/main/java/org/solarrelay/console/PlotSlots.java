package org.solarrelay.console;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Step;

/**
 * The places of intervals in a plot, from left to right.
 *
 * @param since when the first interval begins
 * @param count the number of intervals
 */
record PlotSlots(OffsetDateTime since, Step step, int count) {

  /** The place of an interval, from 0. */
  int of(Interval interval) {
    return (int) Duration.between(since, interval.since()).dividedBy(step.length());
  }

  OffsetDateTime until() {
    return since.plus(step.length().multipliedBy(count));
  }

  /** A coordinate with one decimal. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
