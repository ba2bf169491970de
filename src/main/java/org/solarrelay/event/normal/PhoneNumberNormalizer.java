package org.solarrelay.event.normal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds the phone number in a text. A valid number keeps its spelling, with its extension; words,
 * hours and further numbers around it are removed. A number with an international prefix in place
 * of its plus sign becomes E.164.
 */
public final class PhoneNumberNormalizer {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private static final List<String> USUAL_REGIONS = List.of("US", "AU");
  private static final int FEWEST_DIGITS = 5;
  private static final int MAX_DIGITS = 15;
  private static final int MAX_TEXT_LENGTH = 200;
  private static final long MAX_TRIES = 100;
  private static final int MEXICO = 52;
  private static final int MEXICAN_DIGITS = 10;
  private static final int AMERICAN_DIGITS = 10;

  // a number without country code and trunk zero, in the US and in Australia
  private static final int SIGNIFICANT_DIGITS = 9;

  private static final Pattern PLAIN = Pattern.compile("[0-9+() .\\-]+");
  private static final Pattern AMERICAN = Pattern.compile("1?[2-9][0-9]{2}[2-9][0-9]{6}");
  private static final Pattern AUSTRALIAN = Pattern.compile("0[23478][0-9]{8}");

  /** A number with plus sign and country code, in America and Australia. */
  private static final Pattern INTERNATIONAL =
      Pattern.compile(
          "\\+(?:1[ .-]?(?:[2-9][0-9]{2}|\\([2-9][0-9]{2}\\))[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}"
              + "|61[ .-]?[23478](?:[ .-]?[0-9]){8})");

  private static final String NO_SUBSCRIBER = "0000000";
  private static final int AUSTRALIA = 61;
  private static final Pattern WITHOUT_TRUNK_ZERO = Pattern.compile("[23478][0-9]{8}");
  private static final Pattern HIDDEN_DIGITS = Pattern.compile("(?i)x{2}|\\*{2}");
  private static final String UPWARDS = "01234567890";
  private static final String DOWNWARDS = "9876543210";

  private PhoneNumberNormalizer() {}

  /**
   * The first number in the text.
   *
   * @param region two-letter country of a number without country code; empty where unknown
   * @return empty if the text has no number, or a placeholder such as {@code 000-000-0000}
   */
  public static Optional<String> normalize(String text, String region) {
    String line = line(text);
    if (isPlaceholder(line)) {
      return Optional.empty();
    }
    List<String> regions = regions(region);
    return usual(line, regions)
        .or(() -> asWritten(line, regions))
        .or(() -> found(line, regions, Leniency.VALID))
        .or(() -> firstWords(line, regions))
        .or(() -> inLetters(line, regions))
        .or(() -> found(line, regions, Leniency.POSSIBLE))
        .or(() -> Optional.of(line).filter(PhoneNumberNormalizer::mayBeDialled));
  }

  /** Whether the text holds more than one number. */
  static boolean isSeveral(String text, String region) {
    String line = line(text);
    return asWritten(line, regions(region)).isEmpty()
        && regions(region).stream().anyMatch(it -> countNumbers(line, it) > 1);
  }

  /** Whether the text is a placeholder for a number: zeros, ones, {@code 123-456-7890}. */
  public static boolean isPlaceholder(String text) {
    String digits = digits(text);
    String national =
        digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
    return !digits.isEmpty()
        && (isOneDigit(digits)
            || isOneDigit(national)
            || national.endsWith(NO_SUBSCRIBER)
            || national.length() >= FEWEST_DIGITS
                && (UPWARDS.contains(national) || DOWNWARDS.contains(national)));
  }

  /**
   * The number as it is dialled within its own country, digits only.
   *
   * @param region two-letter country of a number without country code
   * @return empty if the text has no digit; all digits if the text is no phone number
   */
  public static Optional<String> nationalDigits(String number, String region) {
    return usualNationalDigits(number, region).or(() -> parsedNationalDigits(number, region));
  }

  /** The digits of a number in a usual form, which needs no numbering plan; else empty. */
  private static Optional<String> usualNationalDigits(String number, String region) {
    if (!PLAIN.matcher(number).matches()) {
      return Optional.empty();
    }
    String digits = digits(number);
    if (INTERNATIONAL.matcher(number).matches()) {
      return Optional.of(digits.charAt(0) == '1' ? digits.substring(1) : "0" + digits.substring(2));
    }
    boolean usual = number.indexOf('+') < 0 && isUsualIn(region, number, digits);
    boolean withCode = region.equals("US") && digits.length() > AMERICAN_DIGITS;
    return Optional.of(withCode ? digits.substring(1) : digits).filter(national -> usual);
  }

  private static Optional<String> parsedNationalDigits(String number, String region) {
    return parsed(number, region)
        // the extension would be read as part of the number
        .map(PhoneNumber::clearExtension)
        .map(parsed -> digits(NUMBERS.format(parsed, PhoneNumberFormat.NATIONAL)))
        .or(() -> Optional.of(digits(number)))
        .filter(digits -> !digits.isEmpty());
  }

  /** Whether the number is a mobile number; false in America, where numbers do not differ. */
  public static boolean isMobile(String number, String region) {
    return normalize(number, region)
        .flatMap(normal -> parsed(normal, region))
        .map(NUMBERS::getNumberType)
        .filter(type -> type == PhoneNumberType.MOBILE)
        .isPresent();
  }

  /** The digits by which two spellings of a number are compared; empty where there are none. */
  public static Optional<String> key(String number) {
    String national = nationalDigits(number, USUAL_REGIONS.get(0)).orElse("");
    return Optional.of(national.substring(Math.max(0, national.length() - SIGNIFICANT_DIGITS)))
        .filter(digits -> !digits.isEmpty());
  }

  /** The text in one line, with ASCII digits and a plus sign for {@code 00}; a long text is cut. */
  private static String line(String text) {
    String cut = text.substring(0, Math.min(MAX_TEXT_LENGTH, text.length()));
    String compatible =
        TextNormalizer.isAscii(cut)
            ? cut
            : asciiDigits(Normalizer.normalize(cut, Normalizer.Form.NFKC));
    String line = TextNormalizer.normalize(compatible).orElse("");
    if (NumberNormalizer.isRounded(line)) {
      return "";
    }
    String whole = NumberNormalizer.ofText(line).orElse(line);
    String digits = digits(whole);
    boolean international = whole.startsWith("00") && !whole.startsWith("0011");
    return international && digits.length() > SIGNIFICANT_DIGITS + 1 && !isOneDigit(digits)
        ? "+" + whole.substring(2)
        : whole;
  }

  /** A number in a usual form, which needs no check against numbering plans; else empty. */
  private static Optional<String> usual(String line, List<String> regions) {
    if (!PLAIN.matcher(line).matches()) {
      return Optional.empty();
    }
    String digits = digits(line);
    boolean usual =
        INTERNATIONAL.matcher(line).matches() || isUsualIn(regions.get(0), line, digits);
    return Optional.of(line).filter(plain -> usual);
  }

  private static boolean isUsualIn(String region, String line, String digits) {
    return region.equals("AU")
        ? AUSTRALIAN.matcher(digits).matches() && line.indexOf('+') < 0
        : region.equals("US") && AMERICAN.matcher(digits).matches() && line.lastIndexOf('+') <= 0;
  }

  private static Optional<String> asWritten(String line, List<String> regions) {
    return PLAIN.matcher(line).matches() || hasExtension(line, regions)
        ? valid(line, regions)
        : Optional.empty();
  }

  /** Whether the line is a number whose only letters are those of its extension. */
  private static boolean hasExtension(String line, List<String> regions) {
    return !line.isEmpty()
        && (Character.isDigit(line.charAt(0)) || "+(".indexOf(line.charAt(0)) >= 0)
        && regions.stream()
            .flatMap(region -> parsed(line, region).stream())
            .anyMatch(
                number ->
                    number.hasExtension()
                        && digits(line).endsWith(number.getExtension())
                        && NUMBERS.isValidNumber(number));
  }

  /** The first of several numbers that are separated by spaces only. */
  private static Optional<String> firstWords(String line, List<String> regions) {
    if (!PLAIN.matcher(line).matches() || digits(line).length() <= MAX_DIGITS) {
      return Optional.empty();
    }
    return IntStream.range(0, line.length())
        .filter(end -> line.charAt(end) == ' ')
        .mapToObj(end -> valid(line.substring(0, end), regions))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A number with letters, {@code 1-800-GO-SOLAR}; else empty. */
  private static Optional<String> inLetters(String line, List<String> regions) {
    boolean digits = line.chars().anyMatch(Character::isDigit);
    return digits && NUMBERS.isAlphaNumber(line) && !HIDDEN_DIGITS.matcher(line).find()
        ? valid(line, regions)
        : Optional.empty();
  }

  private static Optional<String> valid(String line, List<String> regions) {
    return regions.stream()
        .flatMap(region -> parsed(line, region).stream())
        .filter(NUMBERS::isValidNumber)
        .map(number -> spelled(line, number))
        .findFirst();
  }

  private static Optional<String> found(String line, List<String> regions, Leniency leniency) {
    return regions.stream()
        .flatMap(region -> matches(line, region, leniency).flatMap(raw -> spelled(raw, region)))
        .findFirst();
  }

  private static long countNumbers(String line, String region) {
    return matches(line, region, Leniency.VALID)
        .flatMap(raw -> nationalDigits(raw, region).stream())
        .distinct()
        .count();
  }

  private static Stream<String> matches(String line, String region, Leniency leniency) {
    var matches = NUMBERS.findNumbers(line, region, leniency, MAX_TRIES);
    return StreamSupport.stream(matches.spliterator(), false)
        .map(PhoneNumberMatch::rawString)
        .filter(raw -> !isPlaceholder(raw) && !isPlaceholderWithExtension(raw, region));
  }

  private static boolean isPlaceholderWithExtension(String raw, String region) {
    return parsed(raw, region)
        .filter(PhoneNumber::hasExtension)
        .filter(number -> isPlaceholder(Long.toString(number.getNationalNumber())))
        .isPresent();
  }

  private static Stream<String> spelled(String written, String region) {
    return parsed(written, region).map(number -> spelled(written, number)).stream();
  }

  private static String spelled(String written, PhoneNumber number) {
    CountryCodeSource source = number.getCountryCodeSource();
    boolean withoutPlus =
        source == CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN && number.getCountryCode() != 1;
    boolean mexican = number.getCountryCode() == MEXICO && digits(written).startsWith("521");
    if (hasLostTrunkZero(written, number)) {
      return NUMBERS.format(number, PhoneNumberFormat.NATIONAL);
    }
    boolean rewritten = withoutPlus || mexican || source == CountryCodeSource.FROM_NUMBER_WITH_IDD;
    return rewritten ? NUMBERS.format(number, PhoneNumberFormat.E164) : written;
  }

  /** Whether a spreadsheet removed the zero: {@code 491570006} stands for {@code 0491570006}. */
  private static boolean hasLostTrunkZero(String written, PhoneNumber number) {
    return number.getCountryCode() == AUSTRALIA
        && number.getCountryCodeSource() == CountryCodeSource.FROM_DEFAULT_COUNTRY
        && WITHOUT_TRUNK_ZERO.matcher(digits(written)).matches();
  }

  private static Optional<PhoneNumber> parsed(String number, String region) {
    try {
      return Optional.of(withoutMobilePrefix(NUMBERS.parseAndKeepRawInput(number, region)));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** Removes the 1 before Mexican mobile numbers, which calls from abroad needed until 2019. */
  private static PhoneNumber withoutMobilePrefix(PhoneNumber number) {
    String national = Long.toString(number.getNationalNumber());
    boolean prefixed =
        number.getCountryCode() == MEXICO
            && national.length() == MEXICAN_DIGITS + 1
            && national.startsWith("1");
    return prefixed ? number.setNationalNumber(Long.parseLong(national.substring(1))) : number;
  }

  private static List<String> regions(String region) {
    return Stream.concat(Stream.of(region), USUAL_REGIONS.stream())
        .filter(it -> !it.isEmpty())
        .distinct()
        .toList();
  }

  private static boolean mayBeDialled(String line) {
    int digits = digits(line).length();
    return digits >= FEWEST_DIGITS
        && digits <= MAX_DIGITS
        && line.codePoints().noneMatch(Character::isLetter);
  }

  private static boolean isOneDigit(String digits) {
    return digits.chars().distinct().count() == 1;
  }

  private static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 ? c >= '0' && c <= '9' : Character.isDigit(c)) {
        digits.append((char) ('0' + Character.digit(c, 10)));
      }
    }
    return digits.toString();
  }
}
