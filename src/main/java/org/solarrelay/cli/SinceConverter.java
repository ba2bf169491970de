package org.solarrelay.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts {@code 90m}, {@code 24h}, {@code 7d}, a date, or a time with offset. */
final class SinceConverter implements ITypeConverter<OffsetDateTime> {

  static final String HELP =
      "received at or after this time: 90m, 24h, 7d, 2026-01-31, or 2026-01-31T08:00:00Z";

  static final String HELP_UNTIL = "received before this time, in the same forms";

  @Override
  public OffsetDateTime convert(String text) {
    try {
      if (text.matches("\\d{1,9}[smhdSMHD]")) {
        return OffsetDateTime.now()
            .minus(duration(text.toUpperCase(Locale.ROOT)))
            .truncatedTo(ChronoUnit.SECONDS);
      }
      if (text.length() == "2026-01-31".length()) {
        return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime();
      }
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is no time: write 90m, 24h, 7d, 2026-01-31 or 2026-01-31T08:00:00Z"
              .formatted(text));
    }
  }

  private static Duration duration(String text) {
    return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
  }
}
