package org.solarrelay.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * So many calls at most in any window of that length.
 *
 * @param calls 0 sets no limit
 */
public record CallRate(int calls, Duration window) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?:/(.+))?");
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Reads {@code 300}, which is per 60 seconds, or {@code 100/PT10S}.
   *
   * @throws IllegalArgumentException where it is neither, or the window is not between a second and
   *     a day
   */
  public static CallRate of(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw invalid(text);
    }
    Duration window = form.group(2) == null ? USUAL : window(text, form.group(2));
    return new CallRate(Integer.parseInt(form.group(1)), window);
  }

  private static Duration window(String text, String duration) {
    try {
      Duration window = Duration.parse(duration.strip());
      if (window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
        return window;
      }
    } catch (DateTimeParseException e) {
      // reported below
    }
    throw invalid(text);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no rate; write calls such as 300, which is per 60 seconds, or with a window of"
                .formatted(text)
            + " a second to a day, such as 100/PT10S");
  }

  public boolean isLimited() {
    return calls > 0;
  }

  /** For configuration, which passes on the text of a converter's exception only. */
  public static final class FromText implements Converter<CallRate> {
    @Override
    public CallRate convert(String text) {
      return of(text);
    }
  }

  /** As it is written. */
  @Override
  public String toString() {
    return window.equals(USUAL) ? String.valueOf(calls) : calls + "/" + window;
  }
}
