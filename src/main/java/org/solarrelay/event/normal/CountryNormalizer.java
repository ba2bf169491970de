package org.solarrelay.event.normal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises countries by their codes (ISO 3166-1), English names and usual short forms. */
public final class CountryNormalizer {

  private static final int MAX_LENGTH = 100;
  private static final String BETWEEN_PARTS = "[,;/()\\[\\]|\\-\u2010-\u2015]+";

  private static final Map<String, String> CODES = codes();

  private CountryNormalizer() {}

  /**
   * The country: a two-letter code or an English name stays; any other spelling, such as {@code
   * U.S.A.}, becomes the two-letter code. Empty for a text that is no country.
   */
  public static Optional<String> normalize(String country) {
    Optional<String> line = TextNormalizer.normalize(country);
    return line.flatMap(CountryNormalizer::code)
        .map(code -> isUsual(line.get(), code) ? line.get() : code);
  }

  /** The two-letter code; empty for a text that is no country. */
  public static Optional<String> code(String country) {
    if (country.length() > MAX_LENGTH || country.isBlank()) {
      return Optional.empty();
    }
    return Optional.ofNullable(CODES.get(WordKey.of(country))).or(() -> inParts(country));
  }

  /** The country in {@code United States (US)}, if all parts name one country. */
  private static Optional<String> inParts(String text) {
    Set<String> codes =
        Arrays.stream(text.split(BETWEEN_PARTS))
            .map(WordKey::of)
            .filter(key -> !key.isEmpty())
            .map(key -> CODES.getOrDefault(key, ""))
            .collect(Collectors.toSet());
    return codes.size() == 1
        ? codes.stream().filter(code -> !code.isEmpty()).findFirst()
        : Optional.empty();
  }

  private static boolean isUsual(String country, String code) {
    return country.equals(code)
        || country.equals(new Locale("", code).getDisplayCountry(Locale.ENGLISH));
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale("", code);
      codes.put(WordKey.of(code), code);
      codes.put(WordKey.of(country.getISO3Country()), code);
      codes.put(WordKey.of(country.getDisplayCountry(Locale.ENGLISH)), code);
    }
    for (String name :
        new String[] {"unitedstatesofamerica", "theunitedstates", "america", "usofa"}) {
      codes.put(name, "US");
    }
    // a form in another language has the country's name in that language
    for (String name :
        new String[] {
          "estadosunidos", "estadosunidosdeamerica", "eeuu", "etatsunis", "vereinigtestaaten"
        }) {
      codes.put(name, "US");
    }
    codes.put("commonwealthofaustralia", "AU");
    codes.put("aust", "AU");
    codes.put("australie", "AU");
    codes.put("australien", "AU");
    codes.put("usvi", "VI");
    codes.put("virginislands", "VI");
    codes.put("uk", "GB");
    codes.put("greatbritain", "GB");
    return Map.copyOf(codes);
  }
}
