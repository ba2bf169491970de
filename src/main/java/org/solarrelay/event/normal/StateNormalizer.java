package org.solarrelay.event.normal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognises the states and territories of the United States and Australia and the provinces of
 * Canada, by postal abbreviation, name, ISO 3166-2 code and the short forms of newspapers ({@code
 * Calif.}, {@code N.Y.}).
 */
public final class StateNormalizer {

  /** Country, code, name and other spellings. If two lines have a spelling, the first line wins. */
  private static final String TABLE =
      """
      US|AL|Alabama|Ala
      US|AK|Alaska|Alas
      US|AZ|Arizona|Ariz
      US|AR|Arkansas|Ark
      US|CA|California|Calif|Cal
      US|CO|Colorado|Colo
      US|CT|Connecticut|Conn
      US|DE|Delaware|Del
      US|DC|District of Columbia|Washington DC|Wash DC|Washington District of Columbia
      US|FL|Florida|Fla
      US|GA|Georgia
      US|HI|Hawaii|Hawai'i
      US|ID|Idaho|Ida
      US|IL|Illinois|Ill|Ills
      US|IN|Indiana|Ind
      US|IA|Iowa
      US|KS|Kansas|Kan|Kans
      US|KY|Kentucky|Ken|Commonwealth of Kentucky
      US|LA|Louisiana|Luisiana
      US|ME|Maine
      US|MD|Maryland
      US|MA|Massachusetts|Mass|Commonwealth of Massachusetts|Massachusets
      US|MI|Michigan|Mich
      US|MN|Minnesota|Minn
      US|MS|Mississippi|Miss|Misisipi
      US|MO|Missouri|Misuri
      US|MT|Montana|Mont
      US|NE|Nebraska|Neb|Nebr
      US|NV|Nevada|Nev
      US|NH|New Hampshire|N Hamp|Nueva Hampshire
      US|NJ|New Jersey|N Jersey|Nueva Jersey
      US|NM|New Mexico|N Mex|New Mex|Nuevo Mexico
      US|NY|New York|N York|New York State|Nueva York
      US|NC|North Carolina|N Carolina|N Car|No Carolina|Carolina del Norte
      US|ND|North Dakota|N Dakota|N Dak|No Dak|No Dakota|Dakota del Norte
      US|OH|Ohio
      US|OK|Oklahoma|Okla
      US|OR|Oregon|Ore|Oreg
      US|PA|Pennsylvania|Penn|Penna|Pensilvania|Commonwealth of Pennsylvania
      US|RI|Rhode Island|Rhode Island and Providence Plantations
      US|SC|South Carolina|S Carolina|S Car|So Carolina|Carolina del Sur
      US|SD|South Dakota|S Dakota|S Dak|So Dak|So Dakota|Dakota del Sur
      US|TN|Tennessee|Tenn
      US|TX|Texas|Tex
      US|UT|Utah
      US|VT|Vermont
      US|VA|Virginia|Commonwealth of Virginia
      US|WA|Washington|Wash|Washington State
      US|WV|West Virginia|W Virginia|W Va|West Va|Virginia Occidental
      US|WI|Wisconsin|Wis|Wisc
      US|WY|Wyoming|Wyo
      US|PR|Puerto Rico
      US|VI|Virgin Islands|U.S. Virgin Islands|United States Virgin Islands|USVI|Virgin Islands US
      US|GU|Guam
      US|AS|American Samoa
      US|MP|Northern Mariana Islands|Northern Marianas|CNMI
      US|AA|Armed Forces Americas
      US|AE|Armed Forces Europe
      US|AP|Armed Forces Pacific
      AU|ACT|Australian Capital Territory
      AU|NSW|New South Wales
      AU|NT|Northern Territory|N Territory|Nth Territory
      AU|QLD|Queensland
      AU|SA|South Australia|S Australia|Sth Australia
      AU|TAS|Tasmania|Tassie
      AU|VIC|Victoria
      AU|WA|Western Australia|West Australia|W Australia|West Aust
      CA|AB|Alberta|Alta
      CA|BC|British Columbia
      CA|MB|Manitoba|Man
      CA|NB|New Brunswick
      CA|NL|Newfoundland and Labrador|Newfoundland
      CA|NS|Nova Scotia
      CA|NT|Northwest Territories
      CA|NU|Nunavut
      CA|ON|Ontario|Ont
      CA|PE|Prince Edward Island|PEI
      CA|QC|Quebec|Que
      CA|SK|Saskatchewan|Sask
      CA|YT|Yukon
      """;

  private static final int MAX_LENGTH = 60;
  private static final String BETWEEN_PARTS = "[,;/()\\[\\]|_\\-\u2010-\u2015]+";

  private static final Map<String, List<FederalState>> STATES = states();

  private StateNormalizer() {}

  /** The abbreviation: {@code UT} for {@code Utah}; empty for a text that is no state. */
  public static Optional<String> normalize(String state) {
    return find(state).stream().map(FederalState::code).findFirst();
  }

  /** The abbreviation of a state or territory of the United States; else empty. */
  public static Optional<String> ofUnitedStates(String state) {
    return find(state).stream()
        .filter(it -> PostalCodeNormalizer.UNITED_STATES.contains(it.country()))
        .map(FederalState::code)
        .findFirst();
  }

  /** The states with this spelling: {@code WA} is a state of the United States and of Australia. */
  static List<FederalState> find(String state) {
    if (state.length() > MAX_LENGTH || state.isBlank()) {
      return List.of();
    }
    List<FederalState> found = whole(state);
    return found.isEmpty() ? inParts(state) : found;
  }

  private static List<FederalState> whole(String state) {
    String key = WordKey.of(state);
    List<FederalState> found = STATES.getOrDefault(key, List.of());
    return found.isEmpty() && key.startsWith("stateof")
        ? STATES.getOrDefault(key.substring("stateof".length()), List.of())
        : found;
  }

  /**
   * The state in {@code Utah (UT)}, {@code UT - Utah} or {@code Utah, USA}: the parts name one
   * state.
   */
  private static List<FederalState> inParts(String text) {
    List<FederalState> common = List.of();
    String country = "";
    for (String part : text.split(BETWEEN_PARTS)) {
      List<FederalState> found = whole(part);
      String named = found.isEmpty() ? CountryNormalizer.code(part).orElse("") : "";
      if (found.isEmpty() && named.isEmpty() && !WordKey.of(part).isEmpty()) {
        return List.of();
      }
      List<FederalState> before = common;
      common =
          before.isEmpty() || found.isEmpty()
              ? Stream.concat(before.stream(), found.stream()).toList()
              : found.stream().filter(before::contains).toList();
      country = named.isEmpty() ? country : named;
    }
    String wanted = country;
    return common.stream().filter(it -> wanted.isEmpty() || it.country().equals(wanted)).toList();
  }

  private static Map<String, List<FederalState>> states() {
    Map<String, List<FederalState>> states = new HashMap<>();
    TABLE
        .lines()
        .map(line -> line.split("\\|"))
        .forEach(
            row -> {
              FederalState state = new FederalState(row[0], row[1]);
              for (int i = 1; i < row.length; i++) {
                add(states, WordKey.of(row[i]), state);
              }
              add(states, WordKey.of(row[0] + row[1]), state);
            });
    return Map.copyOf(states);
  }

  private static void add(Map<String, List<FederalState>> states, String key, FederalState state) {
    List<FederalState> named = states.computeIfAbsent(key, unused -> new ArrayList<>());
    if (!named.contains(state)) {
      named.add(state);
    }
  }
}
