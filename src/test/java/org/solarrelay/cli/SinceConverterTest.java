package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SinceConverterTest {

  private final SinceConverter since = new SinceConverter();

  @ParameterizedTest
  @CsvSource({"90m, 5400", "24h, 86400", "7d, 604800", "45s, 45"})
  void aDurationCountsBackFromNow(String text, long seconds) {
    assertThat(since.convert(text))
        .isCloseTo(OffsetDateTime.now().minusSeconds(seconds), within(5, ChronoUnit.SECONDS))
        .isEqualTo(since.convert(text).truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void aDateBeginsAtLocalMidnight() {
    assertThat(since.convert("2026-01-31"))
        .isEqualTo(
            ZonedDateTime.of(2026, 1, 31, 0, 0, 0, 0, ZoneId.systemDefault()).toOffsetDateTime());
  }

  @Test
  void aTimeWithOffsetIsThatTime() {
    assertThat(since.convert("2026-01-31T08:00:00+10:00")).isEqualTo("2026-01-31T08:00:00+10:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "2026-01-31T08:00:00", "5", "1w", ""})
  void anythingElseIsRejected(String text) {
    assertThatThrownBy(() -> since.convert(text)).isInstanceOf(TypeConversionException.class);
  }
}
