package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small pod responds to any input, accounts for it, and continues to deliver leads. */
class FuzzIT {

  private static final long SEED = 20_261_130;
  private static final int INPUTS = 1_500;
  private static final int LEADS = 20;

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void noInputEndsThePodOrIsLost() throws Exception {
    bench.stopSteadyRelay();
    try (Relay relay = Fuzz.relay(bench).start()) {
      FuzzRun run = new FuzzRun(relay, new Topic(bench.broker.bootstrapServers()), SEED);
      WebhookSender leads = WebhookSender.start("fuzz", List.of(relay), LEADS, 1, 5);
      run.send(INPUTS, Duration.ofSeconds(40));
      leads.continueAfterFault().finish();

      assertThat(run.violations()).as(run.figures()).isEmpty();
      for (String vendor : CountingVendors.NAMES) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(bench.vendors.events(vendor, "fuzz"))
                        .as(vendor)
                        .containsAll(leads.accepted));
      }
      System.out.println("fuzz: " + run.figures());
    }
  }
}
