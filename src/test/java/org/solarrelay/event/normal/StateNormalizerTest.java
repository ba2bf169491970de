package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateNormalizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UT                   | UT",
        "ut                   | UT",
        "Utah                 | UT",
        "UTAH                 | UT",
        "State of Utah        | UT",
        "US-UT                | UT",
        "New York             | NY",
        "N.Y.                 | NY",
        "new-york             | NY",
        "NewYork              | NY",
        "Calif.               | CA",
        "Mass                 | MA",
        "N. Carolina          | NC",
        "W.Va.                | WV",
        "D.C.                 | DC",
        "Washington, D.C.     | DC",
        "Washington           | WA",
        "Wash.                | WA",
        "Puerto Rico          | PR",
        "U.S. Virgin Islands  | VI",
        "Guam                 | GU",
        "New South Wales      | NSW",
        "N.S.W.               | NSW",
        "vic.                 | VIC",
        "Western Australia    | WA",
        "Northern Territory   | NT",
        "Ontario              | ON",
        "Qu\u00e9bec          | QC"
      })
  void aStateHasOneAbbreviation(String written, String code) {
    assertThat(StateNormalizer.normalize(written)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bayern", "n/a", "", "Utopia", "1"})
  void aTextThatIsNoStateHasNone(String written) {
    assertThat(StateNormalizer.normalize(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "U.S., US, US",
    "USA, US, US",
    "U.S.A., US, US",
    "united states of america, US, US",
    "United States, United States, US",
    "us, US, US",
    "AUS, AU, AU",
    "Aus., AU, AU",
    "Australia, Australia, AU",
    "AUSTRALIA, AU, AU",
    "Puerto Rico, Puerto Rico, PR",
    "UK, GB, GB"
  })
  void aCountryHasACode(String written, String normal, String code) {
    assertThat(CountryNormalizer.normalize(written)).contains(normal);
    assertThat(CountryNormalizer.code(written)).contains(code);
  }
}
