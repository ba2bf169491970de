package org.solarrelay.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Times and dates as events may write them. */
public final class EventTime {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private EventTime() {}

  /**
   * Reads ISO 8601 with an offset: {@code 2026-03-12T21:59:14Z}, {@code 2026-03-12T21:59+10:00},
   * {@code 2026-03-12T21:59:14+1000}.
   *
   * @return empty where the text is anything else, or the year is not one of 1 to 9999
   */
  public static Optional<OffsetDateTime> time(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text.strip(), TIME);
      return Optional.of(time).filter(it -> isPlausible(it.getYear()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
