package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FlipTokensTest {

  private static final byte[] ANSWER =
      "{\"access_token\":\"t1\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);

  private final MovingClock clock = new MovingClock();
  private final FlipTokens tokens = new FlipTokens(clock);

  @Test
  void aTokenIsRefreshedAfterFourFifthsOfItsLife() throws IOException {
    assertThat(claim()).isEqualTo(FlipTokens.ASK);
    tokens.keep(ANSWER);

    clock.now = clock.now.plusSeconds(2879);
    assertThat(claim()).isEqualTo("t1");
    clock.now = clock.now.plusSeconds(1);
    assertThat(claim()).isEqualTo(FlipTokens.ASK);
  }

  @Test
  void onlyTheRejectedTokenIsRemoved() throws IOException {
    claim();
    tokens.keep(ANSWER);

    tokens.drop("t0");
    assertThat(claim()).isEqualTo("t1");
    tokens.drop("t1");
    assertThat(claim()).isEqualTo(FlipTokens.ASK);
  }

  private String claim() {
    return tokens.claim().toCompletableFuture().join();
  }

  private static class MovingClock extends Clock {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
