package org.solarrelay.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.AddressLine;
import org.solarrelay.event.normal.PostalCodeNormalizer;

/**
 * Computes the key by which two spellings of an address are compared: lower case, without
 * punctuation, street words abbreviated as the United States Postal Service does (Publication 28,
 * appendix C).
 */
public final class AddressKey {

  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("street", "st"),
          Map.entry("str", "st"),
          Map.entry("avenue", "ave"),
          Map.entry("av", "ave"),
          Map.entry("road", "rd"),
          Map.entry("drive", "dr"),
          Map.entry("lane", "ln"),
          Map.entry("court", "ct"),
          Map.entry("place", "pl"),
          Map.entry("boulevard", "blvd"),
          Map.entry("circle", "cir"),
          Map.entry("highway", "hwy"),
          Map.entry("parkway", "pkwy"),
          Map.entry("terrace", "ter"),
          Map.entry("trail", "trl"),
          Map.entry("north", "n"),
          Map.entry("south", "s"),
          Map.entry("east", "e"),
          Map.entry("west", "w"),
          Map.entry("northeast", "ne"),
          Map.entry("northwest", "nw"),
          Map.entry("southeast", "se"),
          Map.entry("southwest", "sw"));

  private static final Pattern ZIP = Pattern.compile("\\b(\\d{4,5})(-\\d{4})?$");

  /** Limits the work for a text that is no street. */
  private static final int MAX_STREET_LENGTH = 10_000;

  private AddressKey() {}

  /**
   * The street and the postal code, such as {@code 12 n main st|84601}.
   *
   * @return null where the address lacks the street or the postal code
   */
  public static String of(Lead.Address address) {
    if (address == null) {
      return null;
    }
    if (address.full() != null) {
      return ofFull(address.full());
    }
    return address.zip() == null && address.street() != null
        ? ofFull(address.street())
        : of(address.street(), address.zip());
  }

  /** The same key, of a street with its number and a postal code. */
  public static String of(String street, String zip) {
    String normal = zip == null ? "" : PostalCodeNormalizer.normalize(zip, "").orElse("");
    Matcher code = ZIP.matcher(normal);
    if (street == null || !code.find()) {
      return null;
    }
    List<String> words = words(street.substring(0, Math.min(street.length(), MAX_STREET_LENGTH)));
    return words.isEmpty() ? null : key(words, code.group(1));
  }

  /** The words of a text in lower case, abbreviated; the form in which they are compared. */
  public static List<String> words(String text) {
    return Stream.of(text)
        .filter(Objects::nonNull)
        .flatMap(t -> Arrays.stream(t.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")))
        .filter(word -> !word.isEmpty())
        .map(word -> ABBREVIATIONS.getOrDefault(word, word))
        .toList();
  }

  /** The key of an address in one line, if a comma separates the street from the city. */
  private static String ofFull(String full) {
    AddressLine line = AddressLine.parse(full);
    return line.street().isEmpty() || line.postalCode().isEmpty()
        ? null
        : of(line.street().get(), line.postalCode().get());
  }

  private static String key(List<String> street, String zip) {
    return street.stream().collect(Collectors.joining(" ", "", "|" + zip));
  }
}
