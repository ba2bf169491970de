package org.solarrelay.console;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats times for templates: {@code {time.utc}}, {@code {time.iso}}. Pages show UTC, and the
 * console's script replaces it with the browser's zone.
 */
@TemplateExtension
final class ConsoleTimes {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private ConsoleTimes() {}

  static String utc(OffsetDateTime time) {
    return utc(time.toInstant());
  }

  static String utc(Instant time) {
    return TEXT.format(time);
  }

  static String iso(OffsetDateTime time) {
    return iso(time.toInstant());
  }

  static String iso(Instant time) {
    return time.toString();
  }

  /** The duration since the time, in words, such as {@code 2 h 5 min}; two units at most. */
  static String age(OffsetDateTime time) {
    return words(Duration.between(time.toInstant(), Instant.now()));
  }

  /** The duration until the time, in words; {@code now} for a time that has come. */
  static String ahead(OffsetDateTime time) {
    Duration wait = Duration.between(Instant.now(), time.toInstant());
    return wait.isNegative() ? "now" : "in " + words(wait);
  }

  /** Such as {@code 240 ms}, {@code 2.1 s} or {@code 3 min}. */
  static String milliseconds(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    return millis < 10_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : words(Duration.ofMillis(millis));
  }

  static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
