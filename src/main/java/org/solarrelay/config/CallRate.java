package org.solarrelay.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A rate limit: at most so many calls in any window of the length.
 *
 * @param calls the number of calls; 0 for no limit
 * @param window the length of the window
 */
public record CallRate(int calls, Duration window) {

  private static final Pattern FORMAT = Pattern.compile("(\\d{1,6})(?:/(.+))?");
  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
  private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(1);

  /**
   * Parses {@code 300} (per 60 seconds) or {@code 100/PT10S}.
   *
   * @throws IllegalArgumentException if the text is neither, or the window is not between a second
   *     and a day
   */
  public static CallRate of(String text) {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid(text);
    }
    Duration window = matcher.group(2) == null ? DEFAULT_WINDOW : window(text, matcher.group(2));
    return new CallRate(Integer.parseInt(matcher.group(1)), window);
  }

  private static Duration window(String text, String duration) {
    try {
      Duration window = Duration.parse(duration.strip());
      if (window.compareTo(MIN_WINDOW) >= 0 && window.compareTo(MAX_WINDOW) <= 0) {
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

  /** Converts settings: MicroProfile Config reports only the message of a converter's exception. */
  public static final class FromText implements Converter<CallRate> {
    @Override
    public CallRate convert(String text) {
      return of(text);
    }
  }

  /** The text that {@link #of} parses. */
  @Override
  public String toString() {
    return window.equals(DEFAULT_WINDOW) ? String.valueOf(calls) : calls + "/" + window;
  }
}
