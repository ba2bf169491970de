package org.solarrelay.event.normal;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads dates as people and programs write them: {@code 2026-04-18}, {@code 2026/04/18}, {@code
 * 04/18/2026}, {@code April 18, 2026}, seconds or milliseconds since 1970. A time of day is cut
 * off.
 */
public final class DateNormalizer {

  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/. ])(\\d{1,2})\\2(\\d{1,2})(?!\\d).*");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?!\\d).*");
  private static final Pattern EIGHT_DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T.*)?");
  private static final Pattern EPOCH =
      Pattern.compile("(?:/Date\\()?(\\d{10}|\\d{13})(?:\\.\\d{1,9})?(?:[+-]\\d{4})?(?:\\)/)?");
  private static final Pattern OTHER_HYPHENS = Pattern.compile("[\u2010-\u2015\u2212]");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})(st|nd|rd|th)?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final int CENTURY = 2000;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;
  private static final int MAX_LENGTH = 100;
  private static final int SECONDS_DIGITS = 10;

  private DateNormalizer() {}

  /**
   * The date.
   *
   * @param order the order of day and month in a text such as {@code 04/05/2026}
   * @return empty if the text is no date, or its order is ambiguous
   */
  public static Optional<LocalDate> normalize(String text, DateOrder order) {
    String line = TextNormalizer.normalize(text).orElse("");
    String cut = line.substring(0, Math.min(MAX_LENGTH, line.length()));
    String number = NumberNormalizer.ofText(cut).orElse(cut);
    String written =
        OTHER_HYPHENS.matcher(Normalizer.normalize(number, Normalizer.Form.NFKC)).replaceAll("-");
    try {
      return Optional.ofNullable(read(written, order)).filter(it -> it.getYear() > 0);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the date is a placeholder for no date: {@code 0001-01-01}, {@code -0001-11-30}. */
  static boolean isNoDay(String text) {
    return text.startsWith("-0001-")
        || normalize(text, DateOrder.UNKNOWN)
            .filter(date -> date.getYear() <= FIRST_YEAR || date.getYear() >= LAST_YEAR)
            .isPresent();
  }

  private static LocalDate read(String text, DateOrder order) {
    Matcher date = YEAR_FIRST.matcher(text);
    if (date.matches()) {
      return date(date.group(1), date.group(3), date.group(4));
    }
    date = YEAR_LAST.matcher(text);
    if (date.matches()) {
      return yearLast(number(date.group(1)), number(date.group(3)), date.group(4), order);
    }
    date = EIGHT_DIGITS.matcher(text);
    if (date.matches()) {
      return date(date.group(1), date.group(2), date.group(3));
    }
    date = EPOCH.matcher(text);
    return date.matches() ? ofEpoch(date.group(1)) : inWords(text);
  }

  private static LocalDate yearLast(int first, int second, String written, DateOrder order) {
    int year = written.length() == 2 ? CENTURY + number(written) : number(written);
    boolean dayFirst = first > 12 || second <= 12 && order == DateOrder.DAY_FIRST;
    boolean ambiguous = first <= 12 && second <= 12 && first != second;
    if (ambiguous && order == DateOrder.UNKNOWN) {
      return null;
    }
    return dayFirst ? LocalDate.of(year, second, first) : LocalDate.of(year, first, second);
  }

  private static LocalDate ofEpoch(String digits) {
    long number = Long.parseLong(digits);
    Instant instant =
        digits.length() == SECONDS_DIGITS
            ? Instant.ofEpochSecond(number)
            : Instant.ofEpochMilli(number);
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /**
   * A date with the English name of the month. One of the numbers is the year, the first of the
   * others is the day.
   */
  private static LocalDate inWords(String text) {
    List<String> words =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .toList();
    int month =
        words.stream().mapToInt(DateNormalizer::month).filter(it -> it > 0).findFirst().orElse(0);
    Optional<String> year = words.stream().filter(word -> word.matches("\\d{4}")).findFirst();
    Optional<String> day =
        words.stream()
            .filter(word -> NUMBER.matcher(word).matches() && !word.matches("\\d{3,4}"))
            .findFirst();
    if (year.isEmpty()) {
      return ofTwoNumbers(words, month);
    }
    return month == 0 || day.isEmpty()
        ? null
        : LocalDate.of(number(year.get()), month, number(day.get().replaceAll("\\D", "")));
  }

  /** {@code 18-APR-26}, as Oracle writes it: the day comes first, the year last. */
  private static LocalDate ofTwoNumbers(List<String> words, int month) {
    boolean three = words.size() == 3 && month(words.get(1)) == month && month > 0;
    return three && words.get(0).matches("\\d{1,2}") && words.get(2).matches("\\d{2}")
        ? LocalDate.of(CENTURY + number(words.get(2)), month, number(words.get(0)))
        : null;
  }

  private static int month(String word) {
    return word.length() < 3 ? 0 : MONTHS.indexOf(word.substring(0, 3)) + 1;
  }

  private static LocalDate date(String year, String month, String day) {
    return LocalDate.of(number(year), number(month), number(day));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
