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
 * Times and dates in Enerflo's webhooks. 1.0 writes {@code 2025-06-02 00:15:28} and means UTC
 * (Enerflo, New Customer Example); {@code 0000-00-00} is null.
 */
final class EnerfloWebhookTime {

  private static final Pattern WITH_OFFSET = Pattern.compile("(?i).*(Z|[+-]\\d{2}(:?\\d{2})?)");
  private static final int LENGTH_OF_A_DATE = 10;

  private EnerfloWebhookTime() {}

  /** Null where the text is neither time nor date; a date alone is its beginning. */
  static OffsetDateTime time(String text) {
    if (text == null || isZeros(text)) {
      return null;
    }
    return TimeNormalizer.normalize(text)
        .or(() -> inUtc(text))
        .or(
            () ->
                DateNormalizer.normalize(text, DateOrder.MONTH_FIRST)
                    .map(date -> date.atStartOfDay().atOffset(ZoneOffset.UTC)))
        .orElse(null);
  }

  private static Optional<OffsetDateTime> inUtc(String text) {
    String iso = text.strip().replaceFirst(" ", "T").replace(" ", "");
    boolean offset =
        iso.length() > LENGTH_OF_A_DATE
            && WITH_OFFSET.matcher(iso.substring(LENGTH_OF_A_DATE)).matches();
    return EventTime.time(offset ? iso : iso + "Z");
  }

  private static boolean isZeros(String text) {
    return text.chars().noneMatch(c -> c > '0' && Character.isLetterOrDigit(c));
  }

  /** ISO 8601 with offset, or null. */
  static String iso(String text) {
    OffsetDateTime time = time(text);
    return time == null ? null : time.toString();
  }

  /** The date, YYYY-MM-DD; the text itself where it is no date; null for zeros. */
  static String date(String text) {
    if (text == null || isZeros(text)) {
      return null;
    }
    return DateNormalizer.normalize(text, DateOrder.MONTH_FIRST)
        .map(LocalDate::toString)
        .orElse(text);
  }
}
