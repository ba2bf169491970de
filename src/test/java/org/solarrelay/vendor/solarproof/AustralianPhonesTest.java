package org.solarrelay.vendor.solarproof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AustralianPhonesTest {

  @ParameterizedTest
  @CsvSource({
    "0491 570 156, , 0491 570 156, ",
    "+61 491 570 156, 07 5550 0126, +61 491 570 156, 07 5550 0126",
    "07 5550 0126, 491570156, 491570156, 07 5550 0126",
    "0491 570 156, 0491 570 157, 0491 570 156, 0491 570 157",
    "07 5550 0126, , , 07 5550 0126",
    ", 07 5550 0126, , 07 5550 0126",
    ", , , "
  })
  void theNumberThatTakesTextMessagesIsTheMobile(
      String primary, String secondary, String mobile, String other) {
    assertThat(AustralianPhones.of(primary, secondary))
        .isEqualTo(new AustralianPhones(mobile, other));
  }
}
