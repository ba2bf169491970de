package org.solarrelay.enerflo.webhook;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.solarrelay.event.EventTime;

/**
 * Times and dates in Enerflo's webhooks. 1.0 writes {@code 2025-06-02 00:15:28} and means UTC
 * (Enerflo, New Customer Example); what cannot be read, such as {@code 0000-00-00}, is null.
 */
final class EnerfloWebhookTime {

  private static final Pattern WITH_OFFSET = Pattern.compile("(?i).*(Z|[+-]\\d{2}(:?\\d{2})?)");
  private static final Pattern BEGINS_WITH_A_DATE =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T].*)?");
  private static final int LENGTH_OF_A_DATE = 10;

  private EnerfloWebhookTime() {}

  static OffsetDateTime time(String text) {
    if (text == null || text.length() <= LENGTH_OF_A_DATE) {
      return null;
    }
    String iso = text.strip().replaceFirst(" ", "T").replace(" ", "");
    boolean offset = WITH_OFFSET.matcher(iso.substring(LENGTH_OF_A_DATE)).matches();
    return EventTime.time(offset ? iso : iso + "Z").orElse(null);
  }

  /** ISO 8601 with offset, or null. */
  static String iso(String text) {
    OffsetDateTime time = time(text);
    return time == null ? null : time.toString();
  }

  /** The date as written, YYYY-MM-DD, or null. */
  static String date(String text) {
    return text != null && BEGINS_WITH_A_DATE.matcher(text).matches()
        ? EventTime.date(text.substring(0, LENGTH_OF_A_DATE)).map(LocalDate::toString).orElse(null)
        : null;
  }
}
