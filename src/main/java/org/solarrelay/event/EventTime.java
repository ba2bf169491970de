package org.solarrelay.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.event.normal.TimeNormalizer;

/** Times and dates as events may write them. */
public final class EventTime {

  private EventTime() {}

  /**
   * Reads ISO 8601 with an offset: {@code 2026-03-12T21:59:14Z}, {@code 2026-03-12T21:59+10:00},
   * {@code 2026-03-12T21:59:14+1000}.
   *
   * @return empty where the text is anything else, or the year is not one of 1 to 9999
   */
  public static Optional<OffsetDateTime> time(String text) {
    return TimeNormalizer.iso(text);
  }

  /**
   * Reads {@code YYYY-MM-DD}; a time with offset is cut to its date as written.
   *
   * @return empty where the text is neither
   */
  public static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text.strip())).filter(it -> isPlausible(it.getYear()));
    } catch (DateTimeException e) {
      return time(text).map(OffsetDateTime::toLocalDate);
    }
  }

  /** Beyond these years ISO 8601 needs an agreement, and PostgreSQL gives up before Java does. */
  private static boolean isPlausible(int year) {
    return year >= 1 && year <= 9999;
  }
}
