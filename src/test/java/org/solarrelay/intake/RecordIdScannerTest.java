package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdScannerTest {

  private static final int MAX_ELEMENTS = 200_000;
  private static final int MIB = 1024 * 1024;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":1,}               | comma | line 1, column 9",
        "[1,2 , ]                  | comma | line 1, column 8",
        "{\"a\":NaN}               | NaN | line 1, column",
        "{\"a\":-Infinity}         | JSON | line 1, column",
        "{\"a\":1                  | too early | line 1, column",
        "{'a':1}                   | not JSON | line 1, column",
        "{\"a\":01}                | not JSON | line 1, column",
        "{} {}                     | more than one | line 1, column 4",
        "1 2                       | more than one | line 1, column 3",
        "{\"a\":1}//x              | not JSON | line 1, column",
        "<a/>                      | not JSON | line 1, column 1"
      })
  void invalidJsonIsRejectedWithReasonAndPosition(String body, String reason, String position) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> scan(body.strip().getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("the body")
        .withMessageContaining(reason)
        .withMessageContaining(position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void anotherEncodingIsRejectedByName(String charset) {
    byte[] body = "{\"id\":\"1\"}".getBytes(Charset.forName(charset));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> scan(body))
        .withMessageContaining("UTF-8");
  }

  @Test
  void invalidUtf8IsRejectedWithItsPosition() {
    byte[] body = "{\"name\":\"Jörg\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> scan(body))
        .withMessageContaining("UTF-8")
        .withMessageContaining("column");
  }

  @Test
  void aByteOrderMarkOfUtf8IsIgnored() throws Exception {
    assertThat(scan("\uFEFF{\"id\":\"7\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo("7");
  }

  @Test
  void ofTwoFieldsWithOneNameTheLastWins() throws Exception {
    assertThat(scan("{\"id\":\"1\",\"id\":\"2\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[],[],0", "0", "{}", "[[]]", "\"\"", "{\"a\":0}", "null,1"})
  void aMebibyteOfTheDensestJsonHasTooManyElements(String dense) {
    String body = "[" + (dense + ",").repeat(MIB / (dense.length() + 1) - 1) + "0]";
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> scan(body.getBytes(StandardCharsets.UTF_8)))
        .satisfies(rejected -> assertThat(rejected.response().status()).isEqualTo(413))
        .satisfies(
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.TOO_MANY_ELEMENTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pkcustomerid\":12345,\"customer_status\":2,\"customer_name\":\"Ada Example\"}",
        "{\"id\":901,\"name\":\"Permit\",\"completed\":null,\"due\":\"2026-11-30\"}",
        "{\"email\":\"ada@example.com\",\"lat\":-27.4698,\"lng\":153.0251,\"tags\":[\"a\",\"b\"]}"
      })
  void aMebibyteOfARealPayloadIsAccepted(String real) throws Exception {
    String body = "[" + (real + ",").repeat(MIB / (real.length() + 1) - 1) + "0]";
    scan(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String scan(byte[] body) throws RejectedException {
    return RecordIdScanner.recordId(body, MAX_ELEMENTS);
  }
}
