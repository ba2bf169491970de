package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HourlyBarsTest {

  @Test
  void barsAreAsHighAsTheirCountsAndTheTextSaysTheSame() {
    HourlyBars bars = HourlyBars.of(List.of(100L, 0L, 50L, 1L));

    assertThat(bars.bars())
        .containsExactly(
            new HourlyBars.Bar(0, 0, 24),
            new HourlyBars.Bar(8, 12, 12),
            new HourlyBars.Bar(12, 23, 1));
    assertThat(bars.text()).isEqualTo("151 in the last 4 hours, at most 100 in an hour");
  }

  @Test
  void withoutCountsThereIsNoBar() {
    HourlyBars bars = HourlyBars.of(List.of(0L, 0L));

    assertThat(bars.bars()).isEmpty();
    assertThat(bars.text()).isEqualTo("none in the last 2 hours");
  }
}
