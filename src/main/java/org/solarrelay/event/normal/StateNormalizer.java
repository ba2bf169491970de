package org.solarrelay.event.normal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows the states and territories of the United States and Australia and the provinces of Canada:
 * by postal abbreviation, name, ISO 3166-2 code and the short forms of newspapers ({@code Calif.},
 * {@code N.Y.}).
 */
public final class StateNormalizer {

  /** Country, code, name and other spellings. Of one spelling the first line counts. */
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
      US|KY|Kentucky|Ken
      US|LA|Louisiana
      US|ME|Maine
      US|MD|Maryland
      US|MA|Massachusetts|Mass|Commonwealth of Massachusetts
      US|MI|Michigan|Mich
      US|MN|Minnesota|Minn
      US|MS|Mississippi|Miss
      US|MO|Missouri
      US|MT|Montana|Mont
      US|NE|Nebraska|Neb|Nebr
      US|NV|Nevada|Nev
      US|NH|New Hampshire|N Hamp
      US|NJ|New Jersey|N Jersey
      US|NM|New Mexico|N Mex|New Mex
      US|NY|New York|N York|New York State
      US|NC|North Carolina|N Carolina|N Car
      US|ND|North Dakota|N Dakota|N Dak|No Dak
      US|OH|Ohio
      US|OK|Oklahoma|Okla
      US|OR|Oregon|Ore|Oreg
      US|PA|Pennsylvania|Penn|Penna|Commonwealth of Pennsylvania
      US|RI|Rhode Island
      US|SC|South Carolina|S Carolina|S Car
      US|SD|South Dakota|S Dakota|S Dak|So Dak
      US|TN|Tennessee|Tenn
      US|TX|Texas|Tex
      US|UT|Utah
      US|VT|Vermont
      US|VA|Virginia|Commonwealth of Virginia
      US|WA|Washington|Wash|Washington State
      US|WV|West Virginia|W Virginia|W Va
      US|WI|Wisconsin|Wis|Wisc
      US|WY|Wyoming|Wyo
      US|PR|Puerto Rico
      US|VI|Virgin Islands|U.S. Virgin Islands|United States Virgin Islands|USVI
      US|GU|Guam
      US|AS|American Samoa
      US|MP|Northern Mariana Islands|CNMI
      US|AA|Armed Forces Americas
      US|AE|Armed Forces Europe
      US|AP|Armed Forces Pacific
      AU|ACT|Australian Capital Territory
      AU|NSW|New South Wales
      AU|NT|Northern Territory
      AU|QLD|Queensland
      AU|SA|South Australia
      AU|TAS|Tasmania
      AU|VIC|Victoria
      AU|WA|Western Australia|West Australia
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
      CA|QC|Quebec|Que|Québec
      CA|SK|Saskatchewan|Sask
      CA|YT|Yukon
      """;

  private static final Map<String, List<FederalState>> STATES = states();

  private StateNormalizer() {}

  /** The abbreviation, such as {@code UT} of {@code Utah}; empty for what is no state. */
  public static Optional<String> normalize(String state) {
    return find(state).stream().map(FederalState::code).findFirst();
  }

  /** The states of that spelling: {@code WA} is one of the United States and one of Australia. */
  static List<FederalState> find(String state) {
    String key = WordKey.of(state);
    List<FederalState> found = STATES.getOrDefault(key, List.of());
    return found.isEmpty() && key.startsWith("stateof")
        ? STATES.getOrDefault(key.substring("stateof".length()), List.of())
        : found;
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
