package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateNormalizerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-18",
        "2026/04/18",
        "2026.04.18",
        "2026-4-18",
        "20260418",
        "04/18/2026",
        "4/18/2026",
        "4/18/26",
        "18/04/2026",
        "18.04.2026",
        "04-18-2026",
        "April 18, 2026",
        "Apr 18 2026",
        "18 April 2026",
        "18-Apr-2026",
        "April 18th, 2026 4:20 PM",
        "Sat Apr 18 2026 00:00:00 GMT+0000",
        "2026-04-18 16:20:00",
        "2026-04-18T23:20:00-06:00",
        "04/18/2026 12:00 AM",
        "1776470400",
        "1776470400000",
        "1776470400.0",
        " 2026-04-18\u00a0"
      })
  void aDateIsReadHoweverItIsWritten(String written) {
    assertThat(DateNormalizer.normalize(written, DateOrder.UNKNOWN).map(Object::toString))
        .contains("2026-04-18");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "04/05/2026, MONTH_FIRST, 2026-04-05",
        "04/05/2026, DAY_FIRST, 2026-05-04",
        "04/05/2026, UNKNOWN, -",
        "04.05.2026, UNKNOWN, -",
        "05/05/2026, UNKNOWN, 2026-05-05"
      })
  void forAnAmbiguousDateTheOrderDecides(String written, DateOrder order, String date) {
    assertThat(DateNormalizer.normalize(written, order).map(Object::toString).orElse(null))
        .isEqualTo(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "0000-00-00",
        "2026-02-31",
        "13/13/2026",
        "May",
        "05/2026",
        "2026",
        "",
        "9"
      })
  void aTextThatIsNoDateIsNotGuessed(String written) {
    assertThat(DateNormalizer.normalize(written, DateOrder.MONTH_FIRST)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-12T21:59:14Z          | 2026-03-12T21:59:14Z",
        "2026-03-12 21:59:14 +10:00    | 2026-03-12T21:59:14+10:00",
        "1773352754                    | 2026-03-12T21:59:14Z",
        "1773352754000                 | 2026-03-12T21:59:14Z",
        "Thu, 12 Mar 2026 21:59:14 GMT | 2026-03-12T21:59:14Z"
      })
  void aTimeIsReadThatSaysItsOffset(String written, String time) {
    assertThat(TimeNormalizer.normalize(written).map(Object::toString)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-12T21:59:14", "2026-03-12", "tomorrow", "21:59Z"})
  void aTimeWithoutOffsetIsNotGuessed(String written) {
    assertThat(TimeNormalizer.normalize(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1/", "a ", "1 ", "2026-"})
  void aMebibyteIsReadAtOnce(String part) {
    String text = part.repeat((1 << 20) / part.length());

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> DateNormalizer.normalize(text, DateOrder.UNKNOWN));
  }
}
