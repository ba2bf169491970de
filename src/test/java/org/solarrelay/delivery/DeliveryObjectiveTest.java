package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.QueueFixture;

/** Which deliveries count for the objective, as {@code relay_delivery_seconds}. */
class DeliveryObjectiveTest {

  private static final AttemptResult BUSY =
      AttemptResult.retry(Duration.ofSeconds(1), 429, "returned 429", null)
          .withHealth(DestinationHealth.BUSY);
  private static final AttemptResult DELIVERED =
      AttemptResult.delivered("1").withHealth(DestinationHealth.UP);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DeliveryMetrics metrics = new DeliveryMetrics(registry);
  private final AtomicLong now = new AtomicLong();
  private final CircuitBreaker circuit =
      new CircuitBreaker("crm", RelaySettings.of(Map.of()).delivery(), now::get);

  @BeforeEach
  void addDestination() {
    metrics.addDestination("crm", circuit);
  }

  @Test
  void aDeliveryCountsInTheBucketOfItsTimeSinceAcceptance() {
    count(delivery(Duration.ofMillis(300)), DELIVERED);
    count(delivery(Duration.ofSeconds(7)), DELIVERED);

    assertThat(objective().count()).isEqualTo(2);
    assertThat(within(Duration.ofMillis(250))).isZero();
    assertThat(within(Duration.ofSeconds(5))).isEqualTo(1);
    assertThat(within(Duration.ofSeconds(10))).isEqualTo(2);
  }

  @Test
  void aDeliveryThatWaitedForAPodCounts() {
    // the attempt of a killed pod has no result, so the delivery is not retried
    count(delivery(2, Duration.ofMinutes(2), false), DELIVERED);

    assertThat(objective().count()).isEqualTo(1);
    assertThat(within(Duration.ofMinutes(1))).isZero();
  }

  @Test
  void aRetriedOrReplayedDeliveryDoesNotCount() {
    count(delivery(2, Duration.ofDays(2), true), DELIVERED);

    assertThat(objective().count()).isZero();
    assertThat(registry.get("relay_delivery_latency").timer().count()).isEqualTo(1);
  }

  @Test
  void onlyDeliveredAttemptsCount() {
    count(delivery(Duration.ofSeconds(1)), AttemptResult.skipped("not used"));
    count(delivery(Duration.ofSeconds(1)), AttemptResult.dead("refused"));
    count(delivery(Duration.ofSeconds(1)), BUSY);

    assertThat(objective().count()).isZero();
  }

  @Test
  void aDeliveryThatWaitedForItsPausedDestinationDoesNotCount() {
    count(delivery(Duration.ZERO), BUSY);
    pass(Duration.ofSeconds(30));
    count(delivery(Duration.ofSeconds(31)), DELIVERED);
    count(delivery(Duration.ofSeconds(20)), DELIVERED);
    assertThat(objective().count()).isZero();

    pass(Duration.ofSeconds(8));
    count(delivery(Duration.ofSeconds(6)), DELIVERED);
    assertThat(objective().count()).as("accepted after the pause").isEqualTo(1);
    assertThat(within(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void aDeliveryToARemovedDestinationCounts() {
    metrics.removeDestination("crm");
    count(delivery(Duration.ofSeconds(1)), DELIVERED);

    assertThat(objective().count()).isEqualTo(1);
  }

  @Test
  void anAcceptanceAheadOfThisPodsClockIsZeroSecondsAgo() {
    count(delivery(Duration.ofMinutes(-2)), DELIVERED);

    assertThat(objective().count()).isEqualTo(1);
    assertThat(objective().totalTime(TimeUnit.SECONDS)).isZero();
  }

  @Test
  void anAcceptanceCenturiesAgoCountsAsAYear() {
    // a producer's header may claim any time
    Instant year1 = OffsetDateTime.parse("0001-01-01T00:00:00Z").toInstant();
    count(delivery(Duration.between(year1, Instant.now())), DELIVERED);

    assertThat(objective().totalTime(TimeUnit.DAYS)).isEqualTo(365);
  }

  private void count(Delivery delivery, AttemptResult result) {
    CompletedAttempt attempt = new CompletedAttempt(delivery, result);
    circuit.record(attempt);
    metrics.count(DeliveryObjective.decided(attempt, circuit));
  }

  private static Delivery delivery(Duration sinceAcceptance) {
    return delivery(1, sinceAcceptance, false);
  }

  private static Delivery delivery(int attempt, Duration sinceAcceptance, boolean retried) {
    return new Delivery(
        1,
        "crm",
        attempt,
        Duration.ZERO,
        false,
        retried,
        new DeliveryOrigin(Instant.now().minus(sinceAcceptance), null, null),
        QueueFixture.lead("one", "A", "a@example.com"),
        0);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private Timer objective() {
    return registry.get("relay_delivery").tag("destination", "crm").timer();
  }

  private double within(Duration bound) {
    return Arrays.stream(objective().takeSnapshot().histogramCounts())
        .filter(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == bound.toMillis())
        .mapToDouble(CountAtBucket::count)
        .findFirst()
        .orElseThrow();
  }
}
