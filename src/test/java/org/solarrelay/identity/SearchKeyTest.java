package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.event.EventJson;

class SearchKeyTest {

  @ParameterizedTest
  @CsvSource({
    "Ada Lovelace, ada lovelace",
    "'Lovelace, Ada', ada lovelace",
    "JOSÉ  Núñez, jose nunez",
    "O'Brien, brien o",
  })
  void aNameIsItsWordsSortedWithoutAccents(String name, String key) {
    assertThat(SearchKey.ofName(name)).containsExactly(new SearchKey("name", key));
  }

  @ParameterizedTest
  @CsvSource({
    "(415) 555-0144, 4155550144",
    "+1 415 555 0144, 4155550144",
    "0412 345 678, 0412345678",
    "+61 412 345 678, 0412345678",
  })
  void aPhoneNumberIsItsNationalDigits(String number, String digits) {
    assertThat(SearchKey.ofPhone(number)).contains(new SearchKey("phone", digits));
  }

  @Test
  void aTextWithoutWordsOrDigitsHasNoKey() {
    assertThat(SearchKey.ofName(" -.- ")).isEmpty();
    assertThat(SearchKey.ofPhone("555")).isEmpty();
    assertThat(SearchKey.ofPhone("000-000-0000")).isEmpty();
  }

  @Test
  void theDataOfALeadHasItsPhonesAndNames() {
    assertThat(
            SearchKey.of(
                EventJson.parseObject(
                    """
                    {"fullName":"Ada Lovelace","phone":"(415) 555-0144","mobile":5,
                     "company":{"name":"Engines Ltd"}}
                    """
                        .getBytes(StandardCharsets.UTF_8))))
        .containsExactlyInAnyOrder(
            new SearchKey("phone", "4155550144"),
            new SearchKey("name", "ada lovelace"),
            new SearchKey("name", "lovelace"),
            new SearchKey("name", "engines ltd"));
  }

  @Test
  void theDataOfAProjectHasThoseOfItsCustomer() {
    assertThat(
            SearchKey.of(
                EventJson.parseObject(
                    """
                    {"customer":{"firstName":"Ada","lastName":"Lovelace","mobile":"0412 345 678"},
                     "address":{"country":"AU"}}
                    """
                        .getBytes(StandardCharsets.UTF_8))))
        .containsExactlyInAnyOrder(
            new SearchKey("phone", "0412345678"),
            new SearchKey("name", "ada lovelace"),
            new SearchKey("name", "lovelace"));
  }
}
