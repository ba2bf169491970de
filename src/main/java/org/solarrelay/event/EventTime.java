package org.solarrelay.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.event.normal.TimeNormalizer;

/** Reads times and dates of events. */
public final class EventTime {

  private EventTime() {}

  /**
   * Reads ISO 8601 with an offset: {@code 2026-03-12T21:59:14Z}, {@code 2026-03-12T21:59+10:00},
   * {@code 2026-03-12T21:59:14+1000}.
   *
   * @return empty for any other text, and for a year before 1 or after 9999
   */
  public static Optional<OffsetDateTime> time(String text) {
    return TimeNormalizer.iso(text);
  }

  /**
   * Reads {@code YYYY-MM-DD}; a time with offset is cut to its date as written.
   *
   * @return empty for any other text
   */
  public static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text.strip())).filter(it -> isPlausible(it.getYear()));
    } catch (DateTimeException e) {
      return time(text).map(OffsetDateTime::toLocalDate);
    }
  }

  /** Whether ISO 8601 and PostgreSQL support the year. */
  private static boolean isPlausible(int year) {
    return year >= 1 && year <= 9999;
  }
}
