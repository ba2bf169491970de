package org.solarrelay.event.normal;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a whole number as digits only. Spreadsheets and scripts turn numbers such as ids, phone
 * numbers and postal codes into {@code 4712.0} and {@code 4.712E3}.
 */
public final class NumberNormalizer {

  private static final int MAX_DIGITS = 40;
  private static final Pattern POINT_ZERO = Pattern.compile("[0-9]{1,40}\\.0{1,20}");
  private static final Pattern EXPONENT = Pattern.compile("[0-9]\\.[0-9]{1,40}[eE]\\+?[0-9]{1,2}");

  private NumberNormalizer() {}

  /**
   * The digits of a whole number that is written as a decimal; empty for any other text and for a
   * rounded number.
   */
  public static Optional<String> ofText(String text) {
    if (text.indexOf('.') < 0) {
      return Optional.empty();
    }
    boolean exact = EXPONENT.matcher(text).matches() && !isRounded(text);
    return exact || POINT_ZERO.matcher(text).matches()
        ? ofNumber(new BigDecimal(text))
        : Optional.empty();
  }

  /**
   * Whether a spreadsheet has cut off digits: {@code 8.02E+09} may be one of ten million numbers.
   */
  static boolean isRounded(String text) {
    return text.indexOf('.') > 0
        && EXPONENT.matcher(text).matches()
        && new BigDecimal(text).scale() < 0;
  }

  /** The digits of a whole number of at most 40 digits; empty for any other number. */
  public static Optional<String> ofNumber(BigDecimal number) {
    if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
      return Optional.empty();
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() <= 0 ? Optional.of(stripped.toPlainString()) : Optional.empty();
  }
}
