package org.solarrelay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.delivery.Outcome;

class RouteOutcomeTest {

  private final RouteOutcome outcome = new RouteOutcome();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      quoteCharacter = '`',
      value = {
        "{\"id\":\"c-1\"}          | $.id      | c-1",
        "{\"data\":{\"id\":17}}    | $.data.id | 17",
        "[{\"id\":\"c-1\"}]        | $.[0].id  | c-1",
        "{\"id\":{\"nested\":1}}   | $.id      | null",
        "{}                        | $.id      | null"
      })
  void theVendorsIdIsTakenFromWhereTheRouteSays(String body, String place, String id)
      throws IOException {
    assertThat(outcome.delivered(bytes(body), place)).isEqualTo(Outcome.delivered(id));
  }

  @Test
  void aPageInThePlaceOfAnAnswerIsTriedAgain() {
    assertThatThrownBy(() -> outcome.delivered(bytes("<html>"), "$.id"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRouteSaysWhyThereWasNothingToDo() {
    assertThat(outcome.skipped("Acme is not told of it"))
        .isEqualTo(Outcome.skipped("Acme is not told of it"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
