package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedResultTest {

  private long now = 1;
  private int loads;
  private Duration takes = Duration.ofMillis(100);
  private boolean fails;

  private final SharedResult<Integer> shared = new SharedResult<>(this::load, () -> now);

  private int load() throws SQLException {
    now += takes.toNanos();
    if (fails) {
      throw new SQLException("away");
    }
    return ++loads;
  }

  private int after(Duration time) throws SQLException {
    now += time.toNanos();
    return shared.get();
  }

  @Test
  void aResultIsSharedFiftyTimesAsLongAsItTakes() throws SQLException {
    assertThat(after(Duration.ZERO)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(4999))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1))).isEqualTo(2);
  }

  @Test
  void aSlowResultIsSharedForTenSeconds() throws SQLException {
    takes = Duration.ofSeconds(3);
    assertThat(after(Duration.ZERO)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(9999))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1))).isEqualTo(2);
  }

  @Test
  void aFailureIsNotShared() throws SQLException {
    fails = true;
    assertThatThrownBy(shared::get).isInstanceOf(SQLException.class);
    fails = false;
    assertThat(shared.get()).isEqualTo(1);
  }
}
