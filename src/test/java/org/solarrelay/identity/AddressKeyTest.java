package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.event.Lead;

class AddressKeyTest {

  @ParameterizedTest
  @CsvSource({
    "12 North Main Street, 84601, 12 n main st|84601",
    "12 N. Main St., 84601-1234, 12 n main st|84601",
    "'  12  n main ST ', ' 84601 ', 12 n main st|84601",
    "5 Example Road, 3000, 5 example rd|3000"
  })
  void oneAddressHasOneKeyHoweverItIsWritten(String street, String zip, String key) {
    assertThat(AddressKey.of(street, zip)).isEqualTo(key);
  }

  @Test
  void aLineOfTextHasTheKeyOfItsParts() {
    assertThat(AddressKey.of(full("12 North Main Street, Provo, UT 84601")))
        .isEqualTo(AddressKey.of("12 N Main St", "84601"));
  }

  @ParameterizedTest
  @CsvSource({"12 Main St,", ", 84601", "12 Main St, unknown", "' ', 84601"})
  void withoutStreetOrPostalCodeThereIsNoKey(String street, String zip) {
    assertThat(AddressKey.of(street, zip)).isNull();
  }

  @Test
  void aLineWithoutACommaHasNoKey() {
    assertThat(AddressKey.of(full("12 Main St Provo UT 84601"))).isNull();
    assertThat(AddressKey.of((Lead.Address) null)).isNull();
  }

  private static Lead.Address full(String text) {
    return Lead.Address.builder().full(text).build();
  }
}
