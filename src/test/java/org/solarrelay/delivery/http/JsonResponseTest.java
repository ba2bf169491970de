package org.solarrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonResponseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{\"msg\":\"State is required\"}}    | State is required",
        "{\"message\":\"bad zip 84045\"}               | bad zip 84045",
        "{\"Message\":\"joe@example.com is taken\"}    | (e-mail) is taken",
        "{\"error\":\"call +1 (801) 555-4444 first\"}  | call (number) first",
        "{\"error\":{\"message\":\"nested\"}}          | nested",
        "{\"errors\":[\"a\",\"b\"]}                    | [\"a\",\"b\"]",
        "{}                                            | it gave no reason"
      })
  void theVendorsWordsAreKeptWithoutPersonalData(String response, String message)
      throws IOException {
    assertThat(JsonResponse.message(new ObjectMapper().readTree(response))).isEqualTo(message);
  }

  @Test
  void aLongMessageIsCut() throws IOException {
    String response = "{\"message\":\"" + "why ".repeat(500) + "\"}";

    assertThat(JsonResponse.message(new ObjectMapper().readTree(response))).hasSize(201);
  }
}
