package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.database.IndexKey;
import org.solarrelay.event.normal.PhoneNumberNormalizer;

/**
 * A phone number or a name of a customer, in the form in which the search compares it. A phone
 * number is its national digits. A name is its words in lower case and without accents, sorted, so
 * that {@code Lovelace, Ada} equals {@code Ada Lovelace}. A last name alone is a key as well.
 *
 * @param trait {@code email}, {@code phone}, {@code name}, or {@code address} for a key of {@link
 *     AddressKey}
 */
public record SearchKey(String trait, String value) {

  private static final String EMAIL = "email";
  private static final String PHONE = "phone";
  private static final String NAME = "name";

  private static final List<String> REGIONS = List.of("US", "AU");
  private static final int FEWEST_DIGITS = 7;
  private static final int MAX_LENGTH = 200;
  private static final int SHOWN_DIGITS = 4;
  private static final Pattern ACCENT = Pattern.compile("\\p{M}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The phone numbers and names in an event's data: of the lead, or of the project's customer. */
  static Set<SearchKey> of(JsonNode data) {
    Set<SearchKey> keys = new LinkedHashSet<>();
    List<String> region = List.of(region(data));
    for (JsonNode person : List.of(data, data.path("customer"))) {
      for (String field : List.of("phone", "mobile")) {
        text(person, field, number -> keys.addAll(ofPhone(number, region)));
      }
      text(person, "fullName", name -> keys.addAll(ofFullName(name)));
      text(person, "lastName", name -> keys.addAll(ofName(name)));
      keys.addAll(ofName(text(person, "firstName") + " " + text(person, "lastName")));
    }
    text(data.path("company"), NAME, name -> keys.addAll(ofName(name)));
    text(data.path("company"), PHONE, it -> keys.addAll(ofPhone(it, region)));
    return keys;
  }

  private static String region(JsonNode data) {
    String country = text(data.path("address"), "country").toUpperCase(Locale.ROOT);
    return REGIONS.contains(country) ? country : REGIONS.get(0);
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isTextual() && value.textValue().length() <= MAX_LENGTH
        ? value.textValue().strip()
        : "";
  }

  private static void text(JsonNode object, String field, Consumer<String> use) {
    String text = text(object, field);
    if (!text.isEmpty()) {
      use.accept(text);
    }
  }

  /** The key of an e-mail address. */
  public static SearchKey ofEmail(String email) {
    return new SearchKey(EMAIL, IndexKey.of(email.strip().toLowerCase(Locale.ROOT)));
  }

  /** The keys of a phone number of an unknown country; none where the text is no phone number. */
  public static Set<SearchKey> ofPhone(String number) {
    return ofPhone(number, REGIONS);
  }

  private static Set<SearchKey> ofPhone(String number, List<String> regions) {
    return regions.stream()
        .flatMap(region -> PhoneNumberNormalizer.nationalDigits(number, region).stream())
        .filter(digits -> digits.length() >= FEWEST_DIGITS)
        .filter(digits -> !PhoneNumberNormalizer.isPlaceholder(digits))
        .map(digits -> new SearchKey(PHONE, IndexKey.of(digits)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The key of a name; none where the text has no word. */
  public static Set<SearchKey> ofName(String name) {
    String words = words(name).sorted().collect(Collectors.joining(" "));
    return words.isEmpty() ? Set.of() : Set.of(new SearchKey(NAME, IndexKey.of(words)));
  }

  /** The value, of which an e-mail address or a phone number is masked: {@code a…@example.com}. */
  public String masked() {
    return switch (trait) {
      case EMAIL -> value.replaceFirst("^(.)[^@]*@", "$1…@");
      case PHONE -> "…" + value.substring(Math.max(0, value.length() - SHOWN_DIGITS));
      default -> value;
    };
  }

  /** The keys of a full name: all of it, and its last word. */
  private static Set<SearchKey> ofFullName(String name) {
    Set<SearchKey> keys = new LinkedHashSet<>(ofName(name));
    words(name).reduce((before, last) -> last).map(SearchKey::ofName).ifPresent(keys::addAll);
    return keys;
  }

  /** The words of a text in lower case and without accents. */
  static Stream<String> words(String text) {
    String letters =
        ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return Arrays.stream(BETWEEN_WORDS.split(letters.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty());
  }
}
