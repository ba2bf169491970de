package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

  @Test
  void brokenJsonIsLocatedButNotRepeated() {
    assertThatThrownBy(() -> parse("{\"a\": 1,\n  \"b\": Ferris}"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("not JSON: line 2, column")
        .hasMessageNotContaining("Ferris");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "{} {}", "{\"a\":1}x", "{\"a\":NaN}", "{'a':1}", "{\"a\":", "\u0000"})
  void aTextThatIsNotOneJsonValueIsRejected(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("not JSON: ");
  }

  @Test
  void textInAnotherEncodingIsRefused() {
    assertThatThrownBy(() -> EventJson.parse(new byte[] {'"', (byte) 0xe9, 'x', '"'}))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("not JSON: ");
  }

  @Test
  void aByteOrderMarkIsTolerated() {
    assertThat(parse("\ufeff{\"a\":1}").path("a").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void nestingBeyondTheLimitIsRejected(String opening) {
    assertThatThrownBy(() -> parse(opening.repeat(100_000)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("JSON beyond the relay's limits (200 levels");
  }

  @Test
  void nestingWithinTheLimitIsAccepted() {
    String nested = "[".repeat(200) + "]".repeat(200);
    assertThat(EventJson.bytes(parse(nested))).asString().isEqualTo(nested);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "-1E+500", "1e99999999999999"})
  void numbersOutOfRangeAreRejected(String number) {
    assertThatThrownBy(() -> parse("{\"a\":[{\"b\":" + number + "}]}"))
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void aNumberOutOfRangeIsLocated() {
    assertThatThrownBy(() -> parse("{\"a\":[{\"b\":1e999999999}]}"))
        .hasMessage("a[0].b: number out of range");
  }

  @Test
  void aNumberWithTooManyDigitsIsRejected() {
    assertThatThrownBy(() -> parse("9".repeat(100_000)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("numbers of 400 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.10", "12345678901234567890123", "46.601651000", "1E+30"})
  void numbersKeepTheirDigits(String number) {
    assertThat(EventJson.bytes(parse(number))).asString().isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "{\"id\":\"\\u0000\"}, id: holds",
    "{\"a\":[\"\\ud800x\"]}, a[0]: holds",
    "{\"a\":{\"deal_id\":\"\\ud800x\"}}, a.deal_id: holds",
    "{\"a\\u0000\":1}, a field name holds"
  })
  void textThatCannotBeStoredIsLocated(String json, String place) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(place + " a character that cannot be stored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud83d", "\\udf1e"})
  void charactersThatCannotBeStoredAreReplacedInATextField(String character) {
    String json = "{\"a\":{\"note\":\"sunny %s\"}}".formatted(character);

    assertThat(parse(json).at("/a/note").textValue()).isEqualTo("sunny \ufffd");
  }

  @Test
  void wholeSurrogatePairsAreFine() {
    assertThat(parse("\"\\ud83c\\udf1e\"").textValue()).isEqualTo("\ud83c\udf1e");
  }

  @Test
  void aValueThatIsNoObjectIsRejectedByParseObject() {
    assertThatThrownBy(() -> EventJson.parseObject("[1]".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("a JSON object expected, array found");
  }

  /** For tests of what stands behind the limits. */
  static JsonNode withoutLimits(byte[] json) {
    try {
      return EventJson.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String text) {
    return EventJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
