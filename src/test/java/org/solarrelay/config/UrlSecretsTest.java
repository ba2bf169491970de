package org.solarrelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlSecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "https://enerflo.io                                      # ''",
        "https://crm.example.com/callbacks/leads                 # ''",
        "https://crm.example.com/v2/Contacts?v=2                 # ''",
        "https://crm.example.com/hook?token=s3cret%2Ft           # s3cret%2Ft s3cret/t",
        "https://chat.example/services/T0AB12CD3/B04/x8Yf2kQ9    # T0AB12CD3 x8Yf2kQ9",
        "https://chat.example/hooks/abcdefghijklmnopqrst         # abcdefghijklmnopqrst",
        "https://robot:pass-word@chat.example:8443/in$frag12     # pass-word",
        "no url at all                                           # ''"
      })
  void valuesThatAreNoWordsAreSecrets(String url, String secrets) {
    assertThat(UrlSecrets.of(url.replace("$", "#")))
        .containsExactlyInAnyOrder(secrets.isEmpty() ? new String[0] : secrets.split(" "));
  }
}
