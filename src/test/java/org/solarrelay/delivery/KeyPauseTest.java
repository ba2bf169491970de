package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyPauseTest {

  private static final Verdict REFUSED = Verdict.keyRefused(401, "enerflo answered 401", null);

  private final AtomicLong now = new AtomicLong();
  private final KeyPause pause = new KeyPause("enerflo", now::get);

  @Test
  void nothingIsKeptBackWhileTheKeyIsAccepted() {
    pause.heard(Verdict.delivered("1"));
    pause.heard(Verdict.dead(422, "no", null));
    assertThat(pause.allowed(32)).isEqualTo(32);
  }

  @Test
  void aRefusedKeyKeepsEverythingBackButOneProbeEveryThirtySeconds() {
    pause.heard(REFUSED);
    assertThat(pause.paused()).isTrue();
    assertThat(pause.allowed(32)).isZero();

    now.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(pause.allowed(32)).isEqualTo(1);
    pause.taken(0);
    assertThat(pause.allowed(32)).as("nothing was due, so nobody has asked").isEqualTo(1);
    pause.taken(1);
    assertThat(pause.allowed(32)).isZero();
    pause.heard(REFUSED);
    assertThat(pause.allowed(32)).isZero();
  }

  @Test
  void theFirstDeliveryThatGetsThroughLetsAllGoOn() {
    pause.heard(REFUSED);
    pause.heard(Verdict.delivered("1"));
    assertThat(pause.paused()).isFalse();
    assertThat(pause.allowed(32)).isEqualTo(32);
  }

  @Test
  void aFailureThatMayPassSaysNothingOfTheKey() {
    pause.heard(REFUSED);
    pause.heard(Verdict.retry(Duration.ZERO, 503, "down", null));
    assertThat(pause.paused()).isTrue();
  }
}
