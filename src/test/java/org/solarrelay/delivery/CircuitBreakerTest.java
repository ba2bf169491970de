package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHealth;

class CircuitBreakerTest {

  private static final AttemptResult REFUSED =
      AttemptResult.keyRefused(Duration.ofSeconds(30), 401, "enerflo returned 401", null);
  private static final AttemptResult DOWN = retry(503).withHealth(DestinationHealth.DOWN);
  private static final AttemptResult SILENT = retry(null).withHealth(DestinationHealth.UNREACHABLE);
  private static final AttemptResult TAKEN =
      AttemptResult.delivered("1").withHealth(DestinationHealth.UP);

  private final AtomicLong now = new AtomicLong();
  private CircuitBreaker circuit = circuit(Map.of());

  @Test
  void nothingIsPausedWhileTheDestinationAcceptsDeliveries() {
    record(1, TAKEN);
    record(2, AttemptResult.dead(422, "no").withHealth(DestinationHealth.UP));
    assertThat(circuit.allowed(32)).isEqualTo(32);
  }

  @Test
  void aRejectedKeyAllowsOneProbeEveryThirtySeconds() {
    record(1, REFUSED);
    assertThat(record(2, REFUSED)).isTrue();
    assertThat(circuit.paused()).isTrue();
    assertThat(circuit.allowed(32)).isZero();

    pass(Duration.ofSeconds(30));
    assertThat(circuit.allowed(32)).isEqualTo(1);
    circuit.onTaken(0);
    assertThat(circuit.allowed(32)).as("nothing was due, so there was no probe").isEqualTo(1);
    circuit.onTaken(1);
    assertThat(circuit.allowed(32)).isZero();
    assertThat(record(1, REFUSED)).as("it pauses already").isFalse();
    pass(Duration.ofSeconds(30));
    assertThat(circuit.allowed(32)).isEqualTo(1);
  }

  @Test
  void oneRefusedRecordPausesNothingAndTheOthersGoOneAtATimeUntilOnePasses() {
    assertThat(record(1, REFUSED)).isFalse();
    assertThat(circuit.paused()).isFalse();
    assertThat(circuit.isKeyInDoubt()).isTrue();
    assertThat(circuit.allowed(32)).as("at once").isEqualTo(1);
    circuit.onTaken(1);
    assertThat(circuit.allowed(32)).isZero();
    pass(Duration.ofSeconds(1));
    assertThat(circuit.allowed(32)).as("the probe may have been lost").isEqualTo(1);

    record(2, TAKEN);
    assertThat(circuit.isKeyInDoubt()).isFalse();
    assertThat(circuit.allowed(32)).isEqualTo(32);
  }

  @Test
  void oneRecordThatIsRefusedAgainAndAgainPausesNothing() {
    for (int n = 1; n <= 20; n++) {
      assertThat(record(1, REFUSED)).isFalse();
      assertThat(circuit.allowed(32)).isEqualTo(1);
    }
  }

  @Test
  void theFirstDeliveryThatGetsThroughLetsAllGoOn() {
    refuseKey();
    assertThat(record(1, TAKEN)).isTrue();
    assertThat(circuit.paused()).isFalse();
    assertThat(circuit.allowed(32)).isEqualTo(32);
  }

  @Test
  void anAttemptWithoutACallDoesNotAffectTheBreaker() {
    refuseKey();
    record(2, AttemptResult.skipped("Flip does not receive this"));
    record(3, retry(null));
    assertThat(circuit.paused()).isTrue();
  }

  @Test
  void aDestinationThatFailsFiveTimesInARowIsDown() {
    for (int n = 1; n <= 4; n++) {
      record(n, DOWN);
    }
    assertThat(circuit.paused()).isFalse();
    assertThat(record(5, DOWN)).isTrue();
    assertThat(circuit.allowed(32)).isZero();
  }

  @Test
  void oneSuccessBetweenFailuresKeepsTheBreakerClosed() {
    for (int n = 1; n <= 20; n++) {
      record(n, n % 5 == 0 ? TAKEN : DOWN);
    }
    assertThat(circuit.paused()).isFalse();
  }

  @Test
  void oneDeliveryThatKeepsFailingAloneIsItsOwnFault() {
    for (int n = 1; n <= 50; n++) {
      record(1, DOWN);
    }
    assertThat(circuit.paused()).isFalse();
  }

  @Test
  void aMissingResponseIsTheDestinationsFault() {
    for (int n = 1; n <= 5; n++) {
      record(1, SILENT);
    }
    assertThat(circuit.paused()).isTrue();
  }

  @Test
  void probesBecomeRarerUpToThirtySeconds() {
    for (int n = 1; n <= 5; n++) {
      record(n, DOWN);
    }
    for (int seconds : new int[] {1, 1, 2, 4, 8, 16, 30, 30}) {
      pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(circuit.allowed(32)).isZero();
      pass(Duration.ofMillis(1));
      assertThat(circuit.allowed(32)).isEqualTo(1);
      circuit.onTaken(1);
    }
  }

  @Test
  void retryAfterDelaysTheProbe() {
    record(
        1,
        AttemptResult.retry(Duration.ofSeconds(41), 429, "enerflo returned 429", null)
            .withHealth(DestinationHealth.BUSY));
    pass(Duration.ofSeconds(40));
    assertThat(circuit.allowed(32)).isZero();
    pass(Duration.ofSeconds(1));
    assertThat(circuit.allowed(32)).isEqualTo(1);
  }

  @Test
  void anOutageCostsNoDeliveryItsRetryBudget() {
    for (int n = 1; n <= 5; n++) {
      record(n, DOWN);
    }
    CompletedAttempt exhausted =
        attempt(
            6,
            AttemptResult.dead(503, "after trying for PT24H").withHealth(DestinationHealth.DOWN));

    CompletedAttempt spared = circuit.withoutRetryCost(exhausted);

    assertThat(spared.withoutRetryCost()).isTrue();
    assertThat(spared.result().state()).isEqualTo(DeliveryState.PENDING);
    CompletedAttempt refused =
        attempt(7, AttemptResult.dead(422, "no").withHealth(DestinationHealth.UP));
    assertThat(circuit.withoutRetryCost(refused)).isSameAs(refused);
  }

  @Test
  void whileItIsUpAFailureIsTheEventsOwn() {
    CompletedAttempt failed = attempt(1, DOWN);
    assertThat(circuit.withoutRetryCost(failed)).isSameAs(failed);
  }

  @Test
  void theProbeIntervalsAreConfigurable() {
    circuit =
        circuit(
            Map.of(
                "relay.delivery.circuit-failures", "1",
                "relay.delivery.probe-initial-delay", "PT5S",
                "relay.delivery.probe-max-delay", "PT8S"));
    record(1, SILENT);
    for (int seconds : new int[] {5, 5, 8, 8}) {
      pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(circuit.allowed(32)).isZero();
      pass(Duration.ofMillis(1));
      assertThat(circuit.allowed(32)).isEqualTo(1);
      circuit.onTaken(1);
    }
  }

  @Test
  void thePauseHasAReasonAndATime() {
    refuseKey();
    assertThat(circuit.pauseReason().reason())
        .isEqualTo("it does not accept our key, it returned 401");
    assertThat(circuit.pauseReason().since()).isBeforeOrEqualTo(OffsetDateTime.now());
    record(1, TAKEN);
    assertThat(circuit.pauseReason()).isNull();
  }

  @Test
  void thereIsNoProbeDuringAnOperatorsPauseAndAFailureCostsNoRetryBudget() {
    assertThat(circuit.setOperatorPaused(true)).isTrue();
    assertThat(circuit.setOperatorPaused(true)).as("it is already").isFalse();
    pass(Duration.ofHours(1));
    assertThat(circuit.allowed(32)).isZero();
    assertThat(circuit.paused()).isTrue();
    assertThat(circuit.pauseReason()).as("of itself it is well").isNull();
    assertThat(circuit.withoutRetryCost(attempt(1, DOWN)).withoutRetryCost()).isTrue();

    record(1, TAKEN);
    assertThat(circuit.allowed(32)).as("a late response changes nothing").isZero();
    assertThat(circuit.setOperatorPaused(false)).isFalse();
    assertThat(circuit.allowed(32)).isEqualTo(32);
  }

  @Test
  void anOpenBreakerProbesAfterTheOperatorsPause() {
    refuseKey();
    circuit.setOperatorPaused(true);
    pass(Duration.ofHours(1));
    circuit.setOperatorPaused(false);
    assertThat(circuit.allowed(32)).isEqualTo(1);
  }

  @Test
  void theStateNamesTheCauseOfThePause() {
    assertThat(circuit.state().text()).isEqualTo("closed");
    refuseKey();
    assertThat(circuit.state().text()).isEqualTo("key-refused");
    circuit.setOperatorPaused(true);
    assertThat(circuit.state().text()).isEqualTo("operator");
    circuit.setOperatorPaused(false);
    record(1, TAKEN);
    assertThat(circuit.state().text()).isEqualTo("closed");
    record(1, retry(429).withHealth(DestinationHealth.BUSY));
    assertThat(circuit.state().text()).isEqualTo("busy");
    record(1, TAKEN);
    for (int n = 1; n <= 5; n++) {
      record(n, DOWN);
    }
    assertThat(circuit.state().text()).isEqualTo("down");
  }

  @Test
  void aPauseIsRememberedForAsLongAsItIsAgo() {
    assertThat(circuit.closedFor(Duration.ofDays(365))).as("there was no pause").isTrue();
    refuseKey();
    assertThat(circuit.closedFor(Duration.ZERO)).as("it is paused").isFalse();
    record(3, TAKEN);
    pass(Duration.ofSeconds(2));
    assertThat(circuit.closedFor(Duration.ofSeconds(2))).isTrue();
    assertThat(circuit.closedFor(Duration.ofSeconds(3))).isFalse();

    circuit.setOperatorPaused(true);
    pass(Duration.ofHours(1));
    assertThat(circuit.closedFor(Duration.ofSeconds(1))).isFalse();
    circuit.setOperatorPaused(false);
    assertThat(circuit.closedFor(Duration.ofSeconds(1))).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(circuit.closedFor(Duration.ofSeconds(1))).isTrue();
  }

  private CircuitBreaker circuit(Map<String, String> settings) {
    return new CircuitBreaker("enerflo", RelaySettings.of(settings).delivery(), now::get);
  }

  private void refuseKey() {
    record(1, REFUSED);
    record(2, REFUSED);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private boolean record(long delivery, AttemptResult verdict) {
    return circuit.record(attempt(delivery, verdict));
  }

  private static CompletedAttempt attempt(long delivery, AttemptResult verdict) {
    return new CompletedAttempt(
        new Delivery(delivery, "enerflo", 1, Duration.ZERO, false, DeliveryOrigin.now(), null),
        verdict);
  }

  private static AttemptResult retry(Integer status) {
    return AttemptResult.retry(Duration.ofSeconds(1), status, "failed", null);
  }
}
