package org.solarrelay.vendor.enerflo.webhook;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.solarrelay.event.EventTime;
import org.solarrelay.event.normal.DateNormalizer;
import org.solarrelay.event.normal.DateOrder;
import org.solarrelay.event.normal.TimeNormalizer;

/**
 * Reads times and dates in Enerflo's webhooks. 1.0 sends {@code 2025-06-02 00:15:28} in UTC
 * (Enerflo, New Customer Example); {@code 0000-00-00} stands for null.
 */
final class EnerfloWebhookTime {

  private static final Pattern WITH_OFFSET = Pattern.compile("(?i).*(Z|[+-]\\d{2}(:?\\d{2})?)");
  private static final int DATE_LENGTH = 10;

  private EnerfloWebhookTime() {}

  /** The time; the start of the day for a date; null for any other text. */
  static OffsetDateTime time(String text) {
    if (text == null || isZeros(text)) {
      return null;
    }
    return moment(text)
        .or(
            () ->
                DateNormalizer.normalize(text, DateOrder.MONTH_FIRST)
                    .map(date -> date.atStartOfDay().atOffset(ZoneOffset.UTC)))
        .orElse(null);
  }

  /** The time; empty for a date without a time, and for any other text. */
  static Optional<OffsetDateTime> moment(String text) {
    return text == null || isZeros(text)
        ? Optional.empty()
        : TimeNormalizer.normalize(text).or(() -> inUtc(text));
  }

  private static Optional<OffsetDateTime> inUtc(String text) {
    String iso = text.strip().replaceFirst(" ", "T").replace(" ", "");
    boolean offset =
        iso.length() > DATE_LENGTH && WITH_OFFSET.matcher(iso.substring(DATE_LENGTH)).matches();
    return EventTime.time(offset ? iso : iso + "Z");
  }

  private static boolean isZeros(String text) {
    return text.chars().noneMatch(c -> c > '0' && Character.isLetterOrDigit(c));
  }

  /** The time in ISO 8601 with offset; null as in {@link #time}. */
  static String iso(String text) {
    OffsetDateTime time = time(text);
    return time == null ? null : time.toString();
  }

  /**
   * The date, YYYY-MM-DD; null for zeros. A text that is no date stays, for the schema to reject.
   */
  static String date(String text) {
    if (text == null || isZeros(text)) {
      return null;
    }
    return DateNormalizer.normalize(text, DateOrder.MONTH_FIRST)
        .map(LocalDate::toString)
        .orElse(text);
  }
}
