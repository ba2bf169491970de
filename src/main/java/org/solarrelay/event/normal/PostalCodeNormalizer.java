package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes postal codes in the form of their country: {@code 84601} or {@code 84601-1234} in the
 * United States and their territories, four digits in Australia, {@code K1A 0B1} in Canada.
 */
public final class PostalCodeNormalizer {

  /** Countries whose postal codes are those of the United States Postal Service. */
  static final Set<String> UNITED_STATES = Set.of("US", "PR", "GU", "VI", "AS", "MP", "UM");

  private static final int ZIP = 5;
  private static final int ZIP_PLUS_FOUR = 9;
  private static final int FEWEST_DIGITS = 3;
  private static final Pattern DIGITS = Pattern.compile("[0-9]+([ .\\-\u2010-\u2015]+[0-9]*)?");

  /** Accepts a code of three or four digits before a hyphen, which has lost its leading zeros. */
  private static final Pattern AMERICAN =
      Pattern.compile(
          "[^0-9]{0,20}([0-9]{5}|[0-9]{3,4}(?=-[0-9]{4}$))(?![0-9])(?:[^0-9A-Z]{1,3}([0-9]{4})(?![0-9]))?.{0,60}");

  private static final Pattern AUSTRALIAN =
      Pattern.compile("[^0-9]{0,30}([0-9]{3,4})(?:[^0-9].{0,60})?");
  private static final Pattern CANADIAN = Pattern.compile("([A-Z]\\d[A-Z])[ -]?(\\d[A-Z]\\d)");

  private PostalCodeNormalizer() {}

  /**
   * The code in JSON; a number gets its leading zeros back.
   *
   * @param region two-letter country; empty where unknown
   * @return empty where there is no code
   */
  public static Optional<String> normalize(JsonNode code, String region) {
    if (code.isTextual()) {
      return normalize(code.textValue(), region);
    }
    return code.isNumber()
        ? NumberNormalizer.ofNumber(code.decimalValue()).flatMap(it -> ofNumber(it, region))
        : Optional.empty();
  }

  /** The code in a text. */
  public static Optional<String> normalize(String text, String region) {
    if (isUsual(text, region)) {
      return Optional.of(text).filter(PostalCodeNormalizer::isCode);
    }
    String line =
        TextNormalizer.normalize(Normalizer.normalize(text, Normalizer.Form.NFKC))
            .orElse("")
            .toUpperCase(Locale.ROOT);
    Optional<String> number = NumberNormalizer.ofText(line);
    if (number.isPresent()) {
      return ofNumber(number.get(), region);
    }
    Optional<String> inText = inText(line, region);
    if (inText.isPresent()) {
      return inText.filter(PostalCodeNormalizer::isCode);
    }
    Matcher canadian = CANADIAN.matcher(line);
    if (canadian.matches() && !UNITED_STATES.contains(region)) {
      return Optional.of(canadian.group(1) + " " + canadian.group(2));
    }
    String code = DIGITS.matcher(line).matches() ? ofDigits(line, region) : line;
    return Optional.of(code).filter(PostalCodeNormalizer::isCode);
  }

  /** Whether the text is a whole code: five digits in the United States, four in Australia. */
  private static boolean isUsual(String text, String region) {
    boolean length =
        text.length() == ZIP && (region.isEmpty() || UNITED_STATES.contains(region))
            || text.length() == 4 && (region.isEmpty() || region.equals("AU"));
    return length && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * The code beside a country, a state or a remark, where the country is known: {@code 84601 USA},
   * {@code NT0800}, {@code 84601-12}.
   */
  private static Optional<String> inText(String line, String region) {
    if (UNITED_STATES.contains(region)) {
      Matcher code = AMERICAN.matcher(line);
      return code.matches()
          ? Optional.of(
              zeros(code.group(1), ZIP) + (code.group(2) == null ? "" : "-" + code.group(2)))
          : Optional.empty();
    }
    Matcher code = AUSTRALIAN.matcher(line);
    return region.equals("AU") && code.matches()
        ? Optional.of(zeros(code.group(1), 4))
        : Optional.empty();
  }

  private static String zeros(String digits, int length) {
    return "0".repeat(Math.max(0, length - digits.length())) + digits;
  }

  private static Optional<String> ofNumber(String digits, String region) {
    int length = UNITED_STATES.contains(region) ? ZIP : region.equals("AU") ? 4 : 0;
    boolean long9 = length == ZIP && digits.length() > ZIP + 1 && digits.length() < ZIP_PLUS_FOUR;
    int zeros = (long9 ? ZIP_PLUS_FOUR : length) - digits.length();
    String code =
        zeros > 0 && digits.length() >= FEWEST_DIGITS ? "0".repeat(zeros) + digits : digits;
    return normalizeDigits(code, region);
  }

  private static Optional<String> normalizeDigits(String digits, String region) {
    return Optional.of(ofDigits(digits, region)).filter(PostalCodeNormalizer::isCode);
  }

  private static String ofDigits(String line, String region) {
    String digits = line.replaceAll("[^0-9]", "");
    boolean american = UNITED_STATES.contains(region) || region.isEmpty();
    if (american && digits.length() == ZIP_PLUS_FOUR) {
      return digits.substring(0, ZIP) + "-" + digits.substring(ZIP);
    }
    boolean lostZeros = digits.length() >= FEWEST_DIGITS && digits.length() == line.length();
    if (UNITED_STATES.contains(region) && lostZeros && digits.length() < ZIP_PLUS_FOUR) {
      String whole = digits.length() > ZIP + 1 ? zeros(digits, ZIP_PLUS_FOUR) : zeros(digits, ZIP);
      return whole.length() == ZIP_PLUS_FOUR ? ofDigits(whole, region) : whole;
    }
    if (region.equals("AU") && digits.length() == FEWEST_DIGITS) {
      return "0" + digits;
    }
    boolean whole = digits.length() == ZIP || digits.length() == 4;
    return whole && line.length() <= digits.length() + 2 ? digits : line;
  }

  /** Whether the code has another digit than zero: zeros are a placeholder. */
  private static boolean isCode(String code) {
    return code.chars().anyMatch(c -> c >= '1' && c <= '9');
  }
}
