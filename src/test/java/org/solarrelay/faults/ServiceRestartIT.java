package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** PostgreSQL or Kafka goes away in the middle and comes back; the relay is not restarted. */
class ServiceRestartIT {

  private static final int EVENTS = 300;

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void intakeGoesOnWithoutTheDatabaseAndNothingIsLost() throws Exception {
    Relay relay = bench.steadyRelay();
    Sender sender = Sender.start("database", List.of(relay), 75, 4, 60);
    awaitInTheMiddle(sender);
    bench.stopDatabase();
    int before = sender.accepted.size();
    await("webhooks are accepted meanwhile", () -> sender.accepted.size() >= before + 50);
    bench.startDatabase();
    sender.finish();

    assertThat(sender.unavailable).hasValue(0);
    assertThat(sender.accepted).hasSize(EVENTS);
    String figures = bench.sums(relay).of(sender);
    System.out.println("database restart: " + figures);
  }

  @Test
  void intakeAnswers503WithoutKafkaAndGoesOnByItself() throws Exception {
    Relay relay = bench.steadyRelay();
    Sender sender = Sender.start("broker", List.of(relay), 75, 4, 100);
    awaitInTheMiddle(sender);
    bench.broker.stop();
    await("webhooks are refused meanwhile", () -> sender.unavailable.get() >= 6);
    bench.broker.start();
    sender.finish();

    assertThat(sender.uncertain).isEmpty();
    assertThat(sender.accepted).hasSize(EVENTS);
    String figures = bench.sums(relay).of(sender);
    System.out.println("broker restart: " + figures);
  }

  private void awaitInTheMiddle(Sender sender) {
    for (String vendor : CountingVendors.NAMES) {
      await(vendor, () -> bench.vendors.events(vendor, sender.name).size() >= 30);
    }
    assertThat(sender.accepted).hasSizeLessThan(EVENTS - 50);
  }

  private static void await(String what, Callable<Boolean> seen) {
    org.awaitility.Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(seen);
  }
}
