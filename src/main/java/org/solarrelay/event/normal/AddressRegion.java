package org.solarrelay.event.normal;

import java.util.List;
import java.util.Optional;

/** Says in which country an address is, by all that it says of it. */
public final class AddressRegion {

  private static final int AUSTRALIAN_DIGITS = 4;

  private AddressRegion() {}

  /**
   * The country, as a code of two letters. A country by name counts first, then the state, then the
   * end of the whole address. Where only an ambiguous state is given, the postal code decides.
   *
   * @param full the address in one line; like every parameter, empty where it is not known
   * @return empty where the country is not known
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
    String digits = PostalCodeNormalizer.normalize(postalCode, "").orElse("");
    return australian && states.size() > 1 && digits.length() == AUSTRALIAN_DIGITS
        ? Optional.of("AU")
        : states.stream().map(FederalState::country).findFirst();
  }
}
