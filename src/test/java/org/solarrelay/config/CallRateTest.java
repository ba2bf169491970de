package org.solarrelay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRateTest {

  @ParameterizedTest
  @CsvSource({"300, 300, PT1M, 300", "60/PT1M, 60, PT1M, 60", "100/PT10S, 100, PT10S, 100/PT10S"})
  void theDefaultWindowIsAMinute(String text, int calls, Duration window, String shown) {
    assertThat(CallRate.of(text)).isEqualTo(new CallRate(calls, window)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "many", "60/", "60/1m", "60/PT0S", "60/PT48H", "60 per minute"})
  void anInvalidRateIsRejectedWithAdvice(String text) {
    assertThatThrownBy(() -> CallRate.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write calls such as 300");
  }

  @Test
  void zeroCallsMeanNoLimit() {
    assertThat(CallRate.of("0").isLimited()).isFalse();
  }
}
