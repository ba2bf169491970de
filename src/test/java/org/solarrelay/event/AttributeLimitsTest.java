package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttributeLimitsTest {

  @Test
  void aTextWithinTheLimitsIsValid() {
    assertThatCode(() -> AttributeLimits.check("id", "x".repeat(512))).doesNotThrowAnyException();
    assertThatCode(() -> AttributeLimits.check("id", "é".repeat(500))).doesNotThrowAnyException();
    assertThatCode(() -> AttributeLimits.check("id", null)).doesNotThrowAnyException();
  }

  @Test
  void aTextBeyondALimitIsRejected() {
    assertThatThrownBy(() -> AttributeLimits.check("id", "x".repeat(513)))
        .hasMessage("id: longer than 512 characters");
    assertThatThrownBy(() -> AttributeLimits.check("id", "日".repeat(400)))
        .hasMessage("id: longer than 1000 bytes of UTF-8");
  }
}
