package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One vendor returns 503 to every call; the other vendors are not affected. */
class VendorDownIT {

  private static final int EVENTS = 200;

  private final FaultBench bench = FaultBench.SHARED;

  @AfterEach
  void enerfloIsUpAgain() throws Exception {
    bench.vendors.behave("enerflo", VendorBehavior.WELL);
  }

  @Test
  void theOthersFinishWhileOneIsDownAndNothingDiesOfIt() throws Exception {
    Relay relay = bench.steadyRelay();
    ConsistencyCheck sums = bench.consistencyCheck(relay);
    long aloneMillis = sendAndAwaitOthers(relay, sums, "up");
    sums.awaitEnded("enerflo", "up", EVENTS);

    bench.vendors.behave("enerflo", VendorBehavior.DOWN);
    long besideMillis = sendAndAwaitOthers(relay, sums, "down");
    assertThat(bench.vendors.received("enerflo", "down")).isEmpty();
    assertThat(sums.byState("enerflo", "down")).doesNotContainKeys("delivered", "dead");
    awaitPaused(relay, 1);

    bench.vendors.behave("enerflo", VendorBehavior.WELL);
    sums.awaitEnded("enerflo", "down", EVENTS);
    awaitPaused(relay, 0);
    assertThat(sums.byState("enerflo", "down")).containsOnlyKeys("delivered");
    assertThat(bench.vendors.events("enerflo", "down")).hasSize(EVENTS);
    bench
        .vendors
        .numbersByRecord("enerflo", "down")
        .forEach((record, numbers) -> assertThat(numbers).as(record).containsExactly(0, 1, 2, 3));
    System.out.printf(
        "vendor down: %d accepted, the two others finished in %d ms (%d ms with all up),"
            + " relay_destination_paused 1 then 0, %d delivered after healing, 0 dead%n",
        EVENTS, besideMillis, aloneMillis, EVENTS);
  }

  private long sendAndAwaitOthers(Relay relay, ConsistencyCheck sums, String name)
      throws Exception {
    long start = System.nanoTime();
    WebhookSender sender =
        WebhookSender.start(name, List.of(relay), EVENTS / 4, 4, 400).continueAfterFault().finish();
    assertThat(sender.accepted).hasSize(EVENTS);
    sums.awaitEnded("solarproof", name, EVENTS);
    sums.awaitEnded("crm", name, EVENTS);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    for (String vendor : List.of("solarproof", "crm")) {
      assertThat(sums.byState(vendor, name)).as(vendor).containsOnlyKeys("delivered");
    }
    return millis;
  }

  private static void awaitPaused(Relay relay, double value) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(relay.paused("enerflo")).isEqualTo(value));
  }
}
