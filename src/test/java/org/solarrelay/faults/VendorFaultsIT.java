package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vendors that are reachable but respond incorrectly do not affect the other vendors. */
class VendorFaultsIT {

  private static final int EVENTS = 120;

  private final FaultBench bench = FaultBench.SHARED;

  @AfterEach
  void restoreVendors() throws Exception {
    for (String vendor : CountingVendors.NAMES) {
      bench.vendors.behave(vendor, VendorBehavior.WELL);
    }
  }

  @Test
  void cutConnectionsAndWebPagesAffectNoOtherVendor() throws Exception {
    bench.vendors.behave("enerflo", VendorBehavior.CUTS);
    bench.vendors.behave("solarproof", VendorBehavior.WEB_PAGE);
    othersFinish("cuts", List.of("enerflo", "solarproof"), List.of("crm"));
  }

  @Test
  void aVendorSlowerThanItsTimeOutAffectsNoOtherVendor() throws Exception {
    bench.vendors.behave("enerflo", VendorBehavior.SLOW);
    othersFinish("slow", List.of("enerflo"), List.of("solarproof", "crm"));
  }

  private void othersFinish(String name, List<String> moody, List<String> well) throws Exception {
    Relay relay = bench.steadyRelay();
    ConsistencyCheck sums = bench.consistencyCheck(relay);
    WebhookSender sender =
        WebhookSender.start(name, List.of(relay), EVENTS / 4, 4, 400).continueAfterFault().finish();
    for (String vendor : well) {
      sums.awaitEnded(vendor, name, EVENTS);
      assertThat(sums.byState(vendor, name)).as(vendor).containsOnlyKeys("delivered");
    }
    for (String vendor : moody) {
      assertThat(sums.byState(vendor, name)).as(vendor).doesNotContainKeys("delivered", "dead");
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(relay.paused(vendor)).as(vendor).isEqualTo(1));
    }

    restoreVendors();
    System.out.println(name + ": " + sums.of(sender));
    for (String vendor : CountingVendors.NAMES) {
      assertThat(sums.byState(vendor, name)).as(vendor).containsOnlyKeys("delivered");
    }
  }
}
