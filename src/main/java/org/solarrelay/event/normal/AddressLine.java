package org.solarrelay.event.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of an address in one line: {@code 901 Sandbox Street, Testville, CA 88800, USA}. The
 * line is parsed from its end, because the order at its start differs by country.
 *
 * @param street the text before the first comma; empty where there is no comma
 * @param states the states that the word before the postal code may stand for
 * @param postalCode empty where the line does not end with one
 * @param country two-letter code; empty where the line does not end with a country
 */
public record AddressLine(
    Optional<String> street,
    List<FederalState> states,
    Optional<String> postalCode,
    String country) {

  /** Separators that forms put between the lines of an address. */
  private static final Pattern BREAK =
      Pattern.compile("(?i)<br ?/?>| ?[;|] ?|[\u0085\u2028\u2029]|\\\\r?\\\\?n");

  private static final int MAX_WORDS = 4;
  private static final int MAX_CODE_LENGTH = 3;
  private static final int MAX_END_LENGTH = 100;

  /** Country codes that are accepted at the end; other codes may be a word of the street. */
  private static final Set<String> USUAL_CODES =
      Set.of("us", "usa", "au", "aus", "nz", "uk", "can");

  /** Parses an address in one or several lines. */
  public static AddressLine parse(String text) {
    String line = normalize(text).orElse("");
    int comma = line.indexOf(',');
    String end = line.substring(Math.max(0, line.length() - MAX_END_LENGTH));
    List<String> words =
        new ArrayList<>(Arrays.stream(end.split("[ ,]+")).filter(it -> !it.isEmpty()).toList());
    String country = country(words);
    Optional<String> code = postalCode(words);
    if (country.isEmpty() && code.isPresent()) {
      country = country(words);
    }
    List<FederalState> states = states(words);
    if (code.isEmpty()) {
      code = states.isEmpty() ? shortCode(words) : codeBeforeState(words);
      states = states(words);
    }
    return new AddressLine(
        comma < 0 ? Optional.empty() : Optional.of(line.substring(0, comma)),
        states,
        code,
        country);
  }

  /** Takes a postcode without its leading zero from the end: {@code NT 800}, in Australia. */
  private static Optional<String> shortCode(List<String> words) {
    int last = words.size() - 1;
    boolean digits = last > 0 && words.get(last).matches("\\d{3}");
    boolean australian =
        digits && states(words.subList(0, last)).stream().anyMatch(it -> it.country().equals("AU"));
    return australian ? Optional.of("0" + words.remove(last)) : Optional.empty();
  }

  /** Takes a postcode before a state from the end: {@code 6000 WA}. */
  private static Optional<String> codeBeforeState(List<String> words) {
    int count = Math.min(MAX_WORDS, words.size());
    while (count > 0 && StateNormalizer.find(end(words, count)).isEmpty()) {
      count--;
    }
    return postalCode(new ArrayList<>(words.subList(0, words.size() - count)));
  }

  /**
   * The lines of an address as one line, parts separated by commas, without a period at its end.
   */
  public static Optional<String> normalize(String text) {
    String joined =
        BREAK
            .matcher(HtmlEntities.decode(text))
            .replaceAll("\n")
            .lines()
            .flatMap(line -> TextNormalizer.normalize(line).stream())
            .map(AddressLine::withoutEnd)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining(", "));
    return Optional.of(joined)
        .filter(line -> line.codePoints().anyMatch(Character::isLetterOrDigit));
  }

  /** Takes the country from the end; {@code New Mexico} is a state, and {@code St} a street. */
  private static String country(List<String> words) {
    int most = Math.min(MAX_WORDS, words.size() - 1);
    for (int count = most;
        count > 0 && StateNormalizer.find(end(words, count)).isEmpty();
        count--) {
      String end = end(words, count);
      Optional<String> code = CountryNormalizer.code(end);
      String key = WordKey.of(end);
      if (code.isPresent() && (key.length() > MAX_CODE_LENGTH || USUAL_CODES.contains(key))) {
        remove(words, count);
        return code.get();
      }
    }
    return "";
  }

  /** Takes the postal code from the end; {@code 84601 1234} has two words. */
  private static Optional<String> postalCode(List<String> words) {
    for (int count = Math.min(2, words.size() - 1); count > 0; count--) {
      String end = end(words, count);
      boolean number = isCode(end, count);
      if (number) {
        remove(words, count);
        return PostalCodeNormalizer.normalize(end, "");
      }
    }
    return Optional.empty();
  }

  private static boolean isCode(String end, int words) {
    return words == 2
        ? end.matches("\\d{5} \\d{4}") || end.matches("(?i)[a-z]\\d[a-z] \\d[a-z]\\d")
        : end.matches("\\d{4,5}(-\\d{0,4})?|\\d{9}");
  }

  private static List<FederalState> states(List<String> words) {
    for (int count = Math.min(MAX_WORDS, words.size()); count > 0; count--) {
      List<FederalState> found = StateNormalizer.find(end(words, count));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static String end(List<String> words, int count) {
    return String.join(" ", words.subList(words.size() - count, words.size()));
  }

  private static void remove(List<String> words, int count) {
    words.subList(words.size() - count, words.size()).clear();
  }

  private static String withoutEnd(String line) {
    int end = line.length();
    while (end > 0 && " ,;.".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return line.substring(0, end);
  }
}
