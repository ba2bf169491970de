package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataMaskTest {

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, a…@example.com",
    "email ann.b+c@example.com is taken, email a…@example.com is taken",
    "+1 (415) 555-0144, …0144",
    "phone 4155550144!, phone …0144!",
    "5f2b7c1e-98aa-4c1d-9d3e-1234567890ab, 5f2b7c1e-98aa-4c1d-9d3e-1234567890ab",
    "solar.leads-3-1234567, solar.leads-3-1234567",
    "install 901, install 901",
    "lead-4711, lead-4711",
    "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
    "👤@example.com, 👤…@example.com",
  })
  void eMailAddressesAndPhoneNumbersAreMasked(String text, String masked) {
    assertThat(PersonalDataMask.masked(text)).isEqualTo(masked);
  }
}
