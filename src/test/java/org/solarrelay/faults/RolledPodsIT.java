package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two pods, each replaced by another under load, as a rolling update does it. */
class RolledPodsIT {

  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Map<String, String> AS_IN_THE_IMAGE = Map.of("RELAY_SHUTDOWN_DELAY", "PT5S");
  private static final int RECORDS = 600;
  private static final int EVENTS_OF_A_RECORD = 5;
  private static final int PER_SECOND = 60;

  private final FaultBench bench = FaultBench.SHARED;

  @BeforeEach
  void callsAreInFlight() throws Exception {
    bench.stopSteadyRelay();
    bench.vendors.respondAfter(50);
  }

  @AfterEach
  void callsAreQuickAgain() {
    bench.vendors.respondAfter(1);
  }

  @Test
  void aSenderThatTriesAgainOnlyWhereNobodyListensNoticesNothing() throws Exception {
    try (Relay one = bench.relay("pod-one", AS_IN_THE_IMAGE).launch();
        Relay two = bench.relay("pod-two", AS_IN_THE_IMAGE).launch()) {
      one.awaitReady();
      two.awaitReady();
      KubernetesService service = new KubernetesService(List.of(one, two));
      WebhookSender sender =
          WebhookSender.start("roll", service.endpoints(), RECORDS, EVENTS_OF_A_RECORD, PER_SECOND);
      await().until(() -> sender.accepted.size() >= PER_SECOND);
      Duration first = service.replace(one);
      Duration second = service.replace(two);
      sender.continueAfterFault().finish();

      System.out.printf(
          "both pods replaced, ended after %d and %d ms: p99 %d ms, longest gap %d ms,"
              + " %d connections refused; %s%n",
          first.toMillis(),
          second.toMillis(),
          sender.latencies.p99Millis(),
          sender.latencies.longestGapMillis(),
          sender.refused.get(),
          bench.consistencyCheck(two).of(sender));
      assertThat(sender.accepted).hasSize(RECORDS * EVENTS_OF_A_RECORD);
      assertThat(sender.unavailable).as("503").hasValue(0);
      assertThat(List.of(first, second)).allSatisfy(took -> assertThat(took).isLessThan(GRACE));
      for (String vendor : CountingVendors.NAMES) {
        assertThat(bench.vendors.repeated(vendor, "roll")).as(vendor).isZero();
      }
    }
  }
}
