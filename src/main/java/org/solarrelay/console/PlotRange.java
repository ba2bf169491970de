package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.solarrelay.delivery.queue.DestinationHistory.Step;
import org.solarrelay.ops.access.ApiProblem;

/** The time that the plots of a page show. It is a part of the page's address. */
public enum PlotRange {
  HOUR(Step.MINUTE, ChronoUnit.MINUTES, 60),
  DAY(Step.HOUR, ChronoUnit.HOURS, 24),
  WEEK(Step.HOUR, ChronoUnit.HOURS, 168);

  private final Step step;
  private final ChronoUnit unit;
  private final int count;

  PlotRange(Step step, ChronoUnit unit, int count) {
    this.step = step;
    this.unit = unit;
    this.count = count;
  }

  /**
   * Parses the query parameter {@code range}; an hour where it is absent.
   *
   * @throws ApiProblem 400 for any other text
   */
  static PlotRange of(String text) {
    if (text == null || text.isEmpty()) {
      return HOUR;
    }
    return Arrays.stream(values())
        .filter(range -> range.text().equals(text))
        .findFirst()
        .orElseThrow(PlotRange::invalid);
  }

  private static ApiProblem invalid() {
    return new ApiProblem(
        400,
        "Bad Request",
        "range is one of "
            + Arrays.stream(values()).map(PlotRange::text).collect(Collectors.joining(", ")));
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The length of an interval in a word, such as {@code minute}. */
  public String stepText() {
    return step.text();
  }

  /** The intervals that end with the present one; of an hour with the last whole minute. */
  PlotSlots slots(OffsetDateTime now) {
    OffsetDateTime present = now.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(unit);
    OffsetDateTime first = present.minus(step == Step.MINUTE ? count : count - 1L, unit);
    return new PlotSlots(first, step, count);
  }
}
