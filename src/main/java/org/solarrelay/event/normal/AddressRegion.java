package org.solarrelay.event.normal;

import java.util.List;
import java.util.Optional;

/** Finds the country of an address, from all of its parts. */
public final class AddressRegion {

  private static final int AUSTRALIAN_DIGITS = 4;

  private AddressRegion() {}

  /**
   * The two-letter country. The country's name wins, then the state, then the end of the full
   * address. For an ambiguous state the postal code decides.
   *
   * @param full the address in one line; like every parameter, empty where unknown
   * @return empty where the country is unknown
   */
  public static String of(String country, String state, String postalCode, String full) {
    return CountryNormalizer.code(country)
        .or(() -> ofState(StateNormalizer.find(state), postalCode))
        .orElseGet(() -> full.isEmpty() ? "" : ofLine(AddressLine.parse(full)));
  }

  private static String ofLine(AddressLine line) {
    return line.country().isEmpty()
        ? ofState(line.states(), line.postalCode().orElse("")).orElse("")
        : line.country();
  }

  private static Optional<String> ofState(List<FederalState> states, String postalCode) {
    boolean australian = states.stream().anyMatch(state -> state.country().equals("AU"));
    return australian && states.size() > 1 && isAustralian(postalCode)
        ? Optional.of("AU")
        : states.stream().map(FederalState::country).findFirst();
  }

  private static boolean isAustralian(String postalCode) {
    return PostalCodeNormalizer.normalize(postalCode, "")
        .filter(digits -> digits.length() == AUSTRALIAN_DIGITS)
        .isPresent();
  }
}
