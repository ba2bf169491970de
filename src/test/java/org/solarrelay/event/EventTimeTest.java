package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-12T21:59:14Z, 2026-03-12T21:59:14Z",
    "2026-03-12T21:59:14.123456789Z, 2026-03-12T21:59:14.123456789Z",
    "2026-03-12T21:59Z, 2026-03-12T21:59Z",
    "2026-03-12t21:59:14z, 2026-03-12T21:59:14Z",
    "2026-03-12T21:59:14+10:00, 2026-03-12T21:59:14+10:00",
    "2026-03-12T21:59:14+1000, 2026-03-12T21:59:14+10:00",
    "2026-03-12T21:59:14-07, 2026-03-12T21:59:14-07:00"
  })
  void iso8601WithAnOffsetIsATime(String written, String time) {
    assertThat(EventTime.time(written)).map(Object::toString).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-12",
        "2026-03-12T21:59:14",
        "2026-03-12 21:59:14Z",
        "2026-02-31T00:00:00Z",
        "2026-03-12T25:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-0044-03-15T12:00:00Z",
        "1773352754"
      })
  void anyOtherTextIsNoTime(String written) {
    assertThat(EventTime.time(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-12, 2026-03-12",
    "2026-03-12T23:30:00-07:00, 2026-03-12",
    "2026-03-12T00:30:00+10:00, 2026-03-12"
  })
  void aTimeIsCutToItsDateAsWritten(String written, String date) {
    assertThat(EventTime.date(written)).map(Object::toString).contains(date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-02-31", "12/03/2026", "2026-3-12", "2026-03-12T10:00:00"})
  void anyOtherTextIsNoDate(String written) {
    assertThat(EventTime.date(written)).isEmpty();
  }
}
