package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** PostgreSQL or Kafka goes away in the middle and comes back; the relay is not restarted. */
class ServiceRestartIT {

  private static final int EVENTS = 300;

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void intakeGoesOnWithoutTheDatabaseAndNothingIsLost() throws Exception {
    Relay relay = bench.steadyRelay();
    WebhookSender sender = WebhookSender.start("database", List.of(relay), 75, 4, 60);
    awaitInTheMiddle(sender);
    bench.database.stop();
    sender.continueAfterFault();
    int before = sender.accepted.size();
    await("webhooks are accepted meanwhile", () -> sender.accepted.size() >= before + 50);
    bench.database.start();
    sender.finish();

    assertThat(sender.unavailable).hasValue(0);
    assertThat(sender.accepted).hasSize(EVENTS);
    String figures = bench.consistencyCheck(relay).of(sender);
    System.out.println("database restart: " + figures);
  }

  @Test
  void aDatabaseAwayForLongerThanALeaseMakesOnePodCallNobodyTwice() throws Exception {
    bench.stopSteadyRelay();
    bench.vendors.respondAfter(100);
    try (Relay relay = bench.relay("lease", Map.of("RELAY_LEASE", "PT3S")).start()) {
      WebhookSender sender = WebhookSender.start("lease", List.of(relay), 75, 4, 100);
      awaitInTheMiddle(sender);
      bench.database.kill();
      sender.continueAfterFault();
      await("longer than the lease", Duration.ofSeconds(5));
      bench.database.start();
      sender.finish();

      String figures = bench.consistencyCheck(relay).of(sender);
      System.out.println("database away for longer than the lease: " + figures);
      for (String vendor : CountingVendors.NAMES) {
        assertThat(bench.vendors.repeated(vendor, sender.name)).as(vendor).isZero();
      }
    } finally {
      bench.vendors.respondAfter(1);
    }
  }

  @Test
  void aKilledBrokerLosesNothingThatWasAccepted() throws Exception {
    Relay relay = bench.steadyRelay();
    WebhookSender sender = WebhookSender.start("logkill", List.of(relay), 75, 4, 100);
    awaitInTheMiddle(sender);
    bench.broker.kill();
    sender.continueAfterFault();
    await("webhooks are refused meanwhile", () -> sender.unavailable.get() >= 6);
    bench.broker.start();
    sender.finish();

    assertThat(sender.accepted).hasSize(EVENTS);
    String figures = bench.consistencyCheck(relay).of(sender);
    System.out.println("broker killed: " + figures);
  }

  @Test
  void intakeAnswers503WithoutKafkaAndGoesOnByItself() throws Exception {
    Relay relay = bench.steadyRelay();
    WebhookSender sender = WebhookSender.start("broker", List.of(relay), 75, 4, 100);
    awaitInTheMiddle(sender);
    bench.broker.stop();
    sender.continueAfterFault();
    await("webhooks are refused meanwhile", () -> sender.unavailable.get() >= 6);
    bench.broker.start();
    sender.finish();

    assertThat(sender.uncertain).isEmpty();
    assertThat(sender.accepted).hasSize(EVENTS);
    String figures = bench.consistencyCheck(relay).of(sender);
    System.out.println("broker restart: " + figures);
  }

  private void awaitInTheMiddle(WebhookSender sender) {
    for (String vendor : CountingVendors.NAMES) {
      await(vendor, () -> bench.vendors.events(vendor, sender.name).size() >= 30);
    }
  }

  private static void await(String what, Duration time) {
    long until = System.nanoTime() + time.toNanos();
    await(what, () -> System.nanoTime() - until > 0);
  }

  private static void await(String what, Callable<Boolean> seen) {
    org.awaitility.Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(seen);
  }
}
