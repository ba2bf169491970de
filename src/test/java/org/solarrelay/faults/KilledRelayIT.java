package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code kill -9} in the middle of 500 leads: one instance that comes back, or two and a third. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledRelayIT {

  private static final int IN_FLIGHT = 32;

  private static Relay one;

  private final FaultBench bench = FaultBench.SHARED;

  @BeforeAll
  static void start() throws Exception {
    FaultBench.SHARED.stopSteadyRelay();
    one = FaultBench.SHARED.relay("one").start();
  }

  @AfterAll
  static void stop() throws Exception {
    one.close();
  }

  @BeforeEach
  void callsTakeLongEnoughToBeCutShortAndToNeedBothInstances() {
    bench.vendors.respondAfter(250);
  }

  @AfterEach
  void callsAreQuickAgain() {
    bench.vendors.respondAfter(1);
  }

  @Test
  @Order(1)
  void whatWasAcceptedBeforeAndAfterAKillArrivesEverywhere() throws Exception {
    WebhookSender sender = WebhookSender.start("kill", List.of(one), 125, 4, 250);
    awaitTold("kill", 60);
    one.kill();
    sender.continueAfterFault();
    one.start();
    sender.finish();

    assertThat(sender.accepted.size() + sender.uncertain.size()).isEqualTo(500);
    report("kill -9", one, sender);
  }

  @Test
  @Order(2)
  void anotherInstanceTakesOverFromAKilledOneAndAThirdJoins() throws Exception {
    try (Relay two = bench.relay("two").start();
        Relay three = bench.relay("three")) {
      List<Relay> relays = new CopyOnWriteArrayList<>(List.of(one, two));
      WebhookSender sender = WebhookSender.start("takeover", relays, 125, 4, 250);
      awaitTold("takeover", 60);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> bench.vendors.enerfloCallsInFlight("one") >= 10);
      one.kill();
      sender.continueAfterFault();
      relays.add(three.start());
      relays.remove(one);
      sender.finish();

      report("kill -9 of one of two, a third joins", three, sender);
    }
  }

  /**
   * What is called again is what was in flight at the kill, and what had ended while others were
   * being recorded: on a busy machine a few times as much.
   */
  private void report(String what, Relay relay, WebhookSender sender) {
    ConsistencyCheck sums = bench.consistencyCheck(relay);
    System.out.println(what + ": " + sums.of(sender));
    for (String vendor : CountingVendors.NAMES) {
      assertThat(bench.vendors.repeated(vendor, sender.name))
          .as("repeated calls to %s", vendor)
          .isLessThanOrEqualTo(4 * IN_FLIGHT);
    }
  }

  private void awaitTold(String name, int events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                CountingVendors.NAMES.stream()
                    .allMatch(vendor -> bench.vendors.events(vendor, name).size() >= events));
  }
}
