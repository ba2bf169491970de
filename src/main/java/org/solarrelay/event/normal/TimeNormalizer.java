package org.solarrelay.event.normal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times with an offset: ISO 8601, RFC 1123, seconds or milliseconds since 1970. */
public final class TimeNormalizer {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern ZONED =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,](\\d{1,9}))? ?(?:(Z|[+-]\\d{2}:?\\d{2})(?:\\[[\\w/+-]{1,40}])?|UTC|GMT)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JAVASCRIPT =
      Pattern.compile(
          "[A-Z][a-z]{2} ([A-Z][a-z]{2} \\d{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT[+-]\\d{4})( \\([^)]{1,60}\\))?");
  private static final DateTimeFormatter JAVASCRIPT_FORMAT =
      DateTimeFormatter.ofPattern("MMM dd uuuu HH:mm:ss 'GMT'xx", Locale.ENGLISH);
  private static final Pattern EPOCH = Pattern.compile("\\d{10}(\\d{3})?");
  private static final Pattern WITH_SPACE = Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d.*");
  private static final int SECONDS_DIGITS = 10;

  private TimeNormalizer() {}

  /** The time; empty for any other text. */
  public static Optional<OffsetDateTime> normalize(String text) {
    String line = TextNormalizer.normalize(text).orElse("");
    // an epoch may have a fraction of zero or an exponent: 1773352754.0, 1.773352754E9
    String plain = NumberNormalizer.ofText(line).orElse(line);
    String written = toIso(plain);
    if (EPOCH.matcher(written).matches()) {
      return Optional.of(ofEpoch(written));
    }
    // toIso leaves a space where the offset has only hours: 2026-03-12 21:59:14 +10
    String iso =
        WITH_SPACE.matcher(written).matches()
            ? written.replaceFirst(" ", "T").replace(" ", "")
            : written;
    return iso(iso)
        .or(() -> ofJavaScript(written))
        .or(() -> parsed(written, DateTimeFormatter.RFC_1123_DATE_TIME));
  }

  /**
   * Reads ISO 8601 with an offset: {@code 2026-03-12T21:59:14Z}, {@code 2026-03-12T21:59+10:00},
   * {@code 2026-03-12T21:59:14+1000}.
   *
   * @return empty for any other text, and for a year before 1 or after 9999
   */
  public static Optional<OffsetDateTime> iso(String text) {
    return parsed(text.strip(), ISO);
  }

  private static Optional<OffsetDateTime> parsed(String text, DateTimeFormatter format) {
    try {
      return Optional.of(OffsetDateTime.parse(text, format))
          .filter(time -> time.getYear() >= 1 && time.getYear() <= 9999);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Rewrites {@code 2026-03-12T14:59:14-07:00[America/Denver]} and {@code 2026-03-12 21:59:14 UTC}
   * to ISO 8601, without the zone's name. Any other text is unchanged.
   */
  private static String toIso(String text) {
    Matcher zoned = ZONED.matcher(text);
    if (!zoned.matches()) {
      return text;
    }
    return zoned.group(1)
        + "T"
        + zoned.group(2)
        + (zoned.group(3) == null ? "" : "." + zoned.group(3))
        + (zoned.group(4) == null ? "Z" : zoned.group(4));
  }

  /** The format of JavaScript's {@code String(new Date())}. */
  private static Optional<OffsetDateTime> ofJavaScript(String text) {
    Matcher date = JAVASCRIPT.matcher(text);
    return date.matches() ? parsed(date.group(1), JAVASCRIPT_FORMAT) : Optional.empty();
  }

  private static OffsetDateTime ofEpoch(String digits) {
    long number = Long.parseLong(digits);
    Instant instant =
        digits.length() == SECONDS_DIGITS
            ? Instant.ofEpochSecond(number)
            : Instant.ofEpochMilli(number);
    return instant.atOffset(ZoneOffset.UTC);
  }
}
