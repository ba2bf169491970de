package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "901 Sandbox Street, Testville, CA 88800",
        "901 Sandbox Street, Testville, CA 88800, USA",
        "901 Sandbox Street, Testville, CA 88800, U.S.A.",
        "901 Sandbox Street, Testville, CA 88800 US",
        "901 Sandbox Street, Testville, CA 88800, United States",
        "901 Sandbox Street, Testville, California 88800, United States of America",
        "901 Sandbox Street, Testville, Calif., 88800.",
        "901 Sandbox Street\nTestville, CA 88800",
        "901 Sandbox Street\r\nTestville\r\nCA 88800\r\n",
        "901 Sandbox Street,\u00a0Testville,\u00a0CA\u00a088800,",
        "901 Sandbox Street ; , Testville, CA 88800"
      })
  void theEndOfAnAddressIsRead(String text) {
    AddressLine line = AddressLine.parse(text);

    assertThat(line.street().orElseThrow()).startsWith("901 Sandbox Street");
    assertThat(line.postalCode()).contains("88800");
    assertThat(line.states()).containsExactly(new FederalState("US", "CA"));
    assertThat(AddressRegion.of("", "", "", text)).isEqualTo("US");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "1 A St, Perth, Western Australia 6000    | AU | 6000",
        "1 A St, Perth WA 6000                    | AU | 6000",
        "1 A St, Seattle WA 98101                 | US | 98101",
        "9 Australia Ave, Seattle, WA 98101       | US | 98101",
        "12 Queen St, Brisbane QLD 4000, AU       | AU | 4000",
        "12 Queen St, Brisbane, Australia         | AU | -",
        "1 A St, Darwin NT 0800                   | AU | 0800",
        "1 A St, Santa Fe, New Mexico 87501       | US | 87501",
        "5 Elm St, Newark, New Jersey             | US | -",
        "1 A St, Provo UT 84601 1234              | US | 84601-1234",
        "901 Sandbox St                           | -  | -",
        "12 Main St, unknown                      | -  | -"
      })
  void theCountryIsFoundAtTheEnd(String line, String region, String postalCode) {
    assertThat(AddressRegion.of("", "", "", line)).isEqualTo(region == null ? "" : region);
    assertThat(AddressLine.parse(line).postalCode().orElse(null)).isEqualTo(postalCode);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Australia, CA, 90210, AU",
        "U.S., MA, 2134, US",
        "-, New South Wales, 2000, AU",
        "-, NSW, -, AU",
        "-, NT, 800, AU",
        "-, WA, 6000, AU",
        "-, WA, 98101, US",
        "-, Utah, -, US",
        "Atlantis, UT, -, US",
        "-, -, 4000, -"
      })
  void theCountryIsFoundInTheParts(String country, String state, String postalCode, String region) {
    assertThat(AddressRegion.of(text(country), text(state), text(postalCode), ""))
        .isEqualTo(text(region));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "84601 1234    | US | 84601-1234",
        "846011234     | US | 84601-1234",
        "888001234     | -  | 88800-1234",
        "84601 - 1234  | US | 84601-1234",
        "84601\u20131234 | US | 84601-1234",
        "84601-        | US | 84601",
        "'  84601 '    | US | 84601",
        "84601.0       | US | 84601",
        "8.4601E4      | US | 84601",
        "2134.0        | MA | 2134",
        "2134.0        | US | 02134",
        "907.0         | PR | 00907",
        "800           | AU | 0800",
        "2000          | AU | 2000",
        "k1a0b1        | CA | K1A 0B1",
        "SW1A 1AA      | GB | SW1A 1AA",
        "00000         | US | -",
        "n/a           | US | -"
      })
  void aPostalCodeHasTheFormOfItsCountry(String written, String region, String code) {
    assertThat(PostalCodeNormalizer.normalize(written, text(region)).orElse(null)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a ", "a\n", ", ", "1 ", "-", "1-"})
  void aMebibyteIsReadAtOnce(String part) {
    String text = part.repeat((1 << 20) / part.length());

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          AddressLine.parse(text);
          PostalCodeNormalizer.normalize(text, "US");
          PostalCodeNormalizer.normalize("1" + text, "");
          StateNormalizer.normalize(text);
          CountryNormalizer.normalize(text);
        });
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
