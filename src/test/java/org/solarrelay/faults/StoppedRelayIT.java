package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGTERM in the middle of 300 leads, as a rolling update sends it. */
class StoppedRelayIT {

  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final int EVENTS = 300;

  private static Relay relay;

  private final FaultBench bench = FaultBench.SHARED;

  @BeforeAll
  static void start() throws Exception {
    FaultBench.SHARED.stopSteadyRelay();
    relay = FaultBench.SHARED.relay("stopped").start();
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  @BeforeEach
  void callsAreInFlight() {
    bench.vendors.respondAfter(250);
  }

  @AfterEach
  void callsAreQuickAgain() {
    bench.vendors.respondAfter(1);
  }

  @Test
  void whatIsInFlightIsFinishedAndRecordedAndNobodyIsCalledTwice() throws Exception {
    WebhookSender sender = WebhookSender.start("term", List.of(relay), EVENTS / 4, 4, 150);
    awaitInTheMiddle("term");
    Duration took = relay.stop();
    sender.continueAfterFault();
    relay.start();
    sender.finish();

    String figures = bench.consistencyCheck(relay).of(sender);
    System.out.printf("SIGTERM, ended after %d ms: %s%n", took.toMillis(), figures);
    assertThat(took).isLessThan(GRACE);
    assertThat(sender.accepted.size() + sender.uncertain.size()).isEqualTo(EVENTS);
    for (String vendor : CountingVendors.NAMES) {
      assertThat(bench.vendors.repeated(vendor, "term")).as(vendor).isZero();
    }
  }

  @Test
  void whatWaitsForABrokerThatIsAwayHoldsUpNoStop() throws Exception {
    WebhookSender sender = WebhookSender.start("haste", List.of(relay), EVENTS / 4, 4, 150);
    awaitInTheMiddle("haste");
    bench.broker.kill();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> bench.vendors.enerfloCallsInFlight("stopped") == 0);
    Duration took = relay.stop();
    sender.continueAfterFault();
    relay.launch();
    bench.broker.start();
    relay.awaitReady();
    sender.finish();

    String figures = bench.consistencyCheck(relay).of(sender);
    System.out.printf(
        "SIGTERM while Kafka is away, ended after %d ms: %s%n", took.toMillis(), figures);
    assertThat(took).isLessThan(GRACE);
  }

  private void awaitInTheMiddle(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                bench.vendors.events("enerflo", name).size() >= EVENTS / 5
                    && bench.vendors.enerfloCallsInFlight("stopped") >= 5);
  }
}
