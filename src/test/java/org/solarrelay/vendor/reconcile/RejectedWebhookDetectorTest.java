package org.solarrelay.vendor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RejectedWebhookDetectorTest {

  private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final RejectedWebhookDetector detector =
      new RejectedWebhookDetector(metrics, "solarproof", Duration.ofMinutes(1));

  @Test
  void anOutageThatIsLongerHasEndedWithTheNextAcceptedWebhook() {
    reject("solarproof");
    assertThat(detector.hasEnded(START)).isFalse();
    reject("solarproof");
    assertThat(detector.hasEnded(START.plusSeconds(70))).isFalse();
    accept();

    assertThat(detector.hasEnded(START.plusSeconds(80))).isTrue();
    assertThat(detector.hasEnded(START.plusSeconds(81))).isFalse();
  }

  @Test
  void aShortOutageIsNone() {
    reject("solarproof");
    assertThat(detector.hasEnded(START)).isFalse();
    reject("solarproof");
    assertThat(detector.hasEnded(START.plusSeconds(30))).isFalse();
    accept();

    assertThat(detector.hasEnded(START.plusSeconds(300))).isFalse();
  }

  @Test
  void rejectedWebhooksBetweenAcceptedOnesAreNoOutage() {
    for (int i = 0; i < 10; i++) {
      reject("solarproof");
      accept();

      assertThat(detector.hasEnded(START.plusSeconds(30 * i))).isFalse();
    }
  }

  @Test
  void anotherSourceDoesNotCount() {
    reject("enerflo");
    assertThat(detector.hasEnded(START)).isFalse();
    reject("enerflo");
    assertThat(detector.hasEnded(START.plusSeconds(70))).isFalse();
    accept();

    assertThat(detector.hasEnded(START.plusSeconds(80))).isFalse();
  }

  private void reject(String source) {
    metrics
        .counter("relay_webhooks_rejected", "source", source, "reason", "unauthenticated")
        .increment();
  }

  private void accept() {
    metrics.counter("relay_webhooks_accepted", "source", "solarproof").increment();
  }
}
