package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberNormalizerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8015550144",
        "(801) 555-0144",
        "1 (801) 555-0144",
        "+1 801.555.0144",
        "801-555-0144 x12",
        "801-555-0144 ext 12",
        "801-555-0144 #12",
        "801-555-0144,12",
        "1-800-GO-SOLAR",
        "+44 20 7946 0018",
        "+61 (0)491 570 006",
        "0491 570 006",
        "555-0144"
      })
  void aValidNumberStaysUnchanged(String number) {
    assertThat(PhoneNumberNormalizer.normalize(number, "US")).contains(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "801-555-0144 cell                       | 801-555-0144",
        "801-555-0144 (mobile)                   | 801-555-0144",
        "(801) 555-0144 home                     | (801) 555-0144",
        "801.555.0144 (before 5pm)               | 801.555.0144",
        "801-555-0144 9am-5pm                    | 801-555-0144",
        "1801 555 0144 ask for Jo                | 1801 555 0144",
        "8015550144 (do not text)                | 8015550144",
        "cell: 801-555-0144                      | 801-555-0144",
        "tel:+1-801-555-0144                     | +1-801-555-0144",
        "801-555-0144 ext. 12 (work)             | 801-555-0144 ext. 12",
        "801-555-0144 / 801-555-0155             | 801-555-0144",
        "801-555-0144, 801-555-0155              | 801-555-0144",
        "801-555-0144 or 801-555-0155            | 801-555-0144",
        "801-555-0144; 801-555-0155              | 801-555-0144",
        "801 555 0144 801 555 0155               | 801 555 0144",
        "+1 801 555 0144 +1 801 555 0155         | +1 801 555 0144",
        "M: 801-555-0144 H: 801-555-0155         | 801-555-0144",
        "call 801-555-0144 or 0155               | 801-555-0144",
        "8015550144.0                            | 8015550144",
        "8.015550144E9                           | 8015550144",
        "0018015550144                           | +18015550144",
        "011 61 491 570 006                      | +61491570006",
        "+52 1 55 1234 5678                      | +525512345678",
        "\uff18\uff10\uff11\uff0d\uff15\uff15\uff15\uff0d\uff10\uff11\uff14\uff14 | 801-555-0144",
        "\u0668\u0660\u0661\u0665\u0665\u0665\u0660\u0661\u0664\u0664 | 8015550144",
        "\u202a801-555-0144\u202c                | 801-555-0144"
      })
  void theFirstNumberIsFound(String text, String number) {
    assertThat(PhoneNumberNormalizer.normalize(text, "US")).contains(number);
  }

  @Test
  void aLineBreakSeparatesNumbers() {
    assertThat(PhoneNumberNormalizer.normalize("801-555-0144\n801-555-0155", "US"))
        .contains("801-555-0144");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61491570006                 | +61491570006   | 0491570006",
        "61 7 5550 0126              | +61755500126   | 0755500126",
        "0011 61 491 570 006         | +61491570006   | 0491570006",
        "0491 570 006 / 0491 570 156 | 0491 570 006   | 0491570006",
        "0491 570 006 mob            | 0491 570 006   | 0491570006",
        "(07) 5550 0126 ah           | (07) 5550 0126 | 0755500126"
      })
  void theRegionDecidesForANumberWithoutPlus(String text, String number, String national) {
    assertThat(PhoneNumberNormalizer.normalize(text, "AU")).contains(number);
    assertThat(PhoneNumberNormalizer.nationalDigits(number, "AU")).contains(national);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+61 2 5550 0100    | 0255500100",
        "+61491570006       | 0491570006",
        "+61 1800 160 401   | 1800160401",
        "+1 (801) 555-0144  | 8015550144",
        "+18015550144       | 8015550144",
        "+1 555-0144        | 5550144",
        "+44 20 7946 0018   | 02079460018"
      })
  void aNumberWithPlusIsTheSameInEachRegion(String number, String national) {
    for (String region : List.of("AU", "US", "GB")) {
      assertThat(PhoneNumberNormalizer.normalize(number, region)).contains(number);
      assertThat(PhoneNumberNormalizer.nationalDigits(number, region)).contains(national);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0491 570 006,AU,0491570006",
    "491 570 006,AU,0491570006",
    "1 801-555-0144,US,8015550144",
    "0491 570 006,US,0491570006",
    "801-555-0144 x12,US,8015550144"
  })
  void nationalDigitsHaveNoCountryCodeAndNoExtension(String number, String region, String digits) {
    assertThat(PhoneNumberNormalizer.nationalDigits(number, region)).contains(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000-000-0000",
        "(000) 000-0000",
        "0",
        "00",
        "1111111111",
        "999-999-9999",
        "+1 000 000 0000",
        "123-456-7890",
        "(123) 456-7890",
        "1234567"
      })
  void aPlaceholderIsNoNumber(String placeholder) {
    assertThat(PhoneNumberNormalizer.isPlaceholder(placeholder)).isTrue();
    assertThat(PhoneNumberNormalizer.normalize(placeholder, "US")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"call me", "n/a", "no. 1", "after 6pm", "-", "\u200b", "see e-mail"})
  void aTextWithoutANumberHasNone(String text) {
    assertThat(PhoneNumberNormalizer.normalize(text, "US")).isEmpty();
  }

  @Test
  void severalNumbersAreRecognised() {
    assertThat(PhoneNumberNormalizer.isSeveral("801-555-0144 / 801-555-0155", "US")).isTrue();
    assertThat(PhoneNumberNormalizer.isSeveral("801-555-0144 cell", "US")).isFalse();
    assertThat(PhoneNumberNormalizer.isSeveral("801-555-0144 (801-555-0144)", "US")).isFalse();
  }

  @Test
  void aMobileNumberOfAustraliaIsOneHoweverItIsWritten() {
    assertThat(PhoneNumberNormalizer.isMobile("0491 570 006 / 0491 570 156", "AU")).isTrue();
    assertThat(PhoneNumberNormalizer.isMobile("61491570006", "AU")).isTrue();
    assertThat(PhoneNumberNormalizer.isMobile("07 5550 0126", "AU")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8015550144", "+1 (801) 555-0144", "801-555-0144 ext 12"})
  void spellingsOfANumberHaveOneKey(String number) {
    assertThat(PhoneNumberNormalizer.key(number)).contains("015550144");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1 ", "8-", "801-555-0144 / ", "(", "+", "\n"})
  void aMebibyteIsReadAtOnce(String part) {
    String text = part.repeat((1 << 20) / part.length());

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> PhoneNumberNormalizer.normalize(text, "US"));
  }
}
