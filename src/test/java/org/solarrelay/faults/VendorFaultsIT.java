package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vendors that are there, but do not answer as they should; the others have no part in that. */
class VendorFaultsIT {

  private static final int EVENTS = 120;

  private final FaultBench bench = FaultBench.SHARED;

  @AfterEach
  void allAreWellAgain() throws Exception {
    for (String vendor : CountingVendors.NAMES) {
      bench.vendors.fare(vendor, Mood.WELL);
    }
  }

  @Test
  void oneThatCutsConnectionsAndOneThatAnswersWithAWebPageHoldUpNobodyElse() throws Exception {
    bench.vendors.fare("enerflo", Mood.CUTS);
    bench.vendors.fare("solarproof", Mood.WEB_PAGE);
    othersFinish("cuts", List.of("enerflo", "solarproof"), List.of("crm"));
  }

  @Test
  void oneThatIsSlowerThanItsTimeOutHoldsUpNobodyElse() throws Exception {
    bench.vendors.fare("enerflo", Mood.SLOW);
    othersFinish("slow", List.of("enerflo"), List.of("solarproof", "crm"));
  }

  private void othersFinish(String name, List<String> moody, List<String> well) throws Exception {
    Relay relay = bench.steadyRelay();
    Sums sums = bench.sums(relay);
    Sender sender = Sender.start(name, List.of(relay), EVENTS / 4, 4, 400).goOn().finish();
    for (String vendor : well) {
      sums.awaitOver(vendor, name, EVENTS);
      assertThat(sums.byState(vendor, name)).as(vendor).containsOnlyKeys("delivered");
    }
    for (String vendor : moody) {
      assertThat(sums.byState(vendor, name)).as(vendor).doesNotContainKeys("delivered", "dead");
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(relay.paused(vendor)).as(vendor).isEqualTo(1));
    }

    allAreWellAgain();
    System.out.println(name + ": " + sums.of(sender));
    for (String vendor : CountingVendors.NAMES) {
      assertThat(sums.byState(vendor, name)).as(vendor).containsOnlyKeys("delivered");
    }
  }
}
