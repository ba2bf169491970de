package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Puts a load on a small pod while it receives 20 leads a second, and checks that every lead
 * arrives.
 */
final class HeapRun {

  private static final int LEADS_A_SECOND = 20;

  private final FaultBench bench;
  private final Relay relay;
  private final int leads;

  HeapRun(FaultBench bench, Relay relay, int leads) {
    this.bench = bench;
    this.relay = relay;
    this.leads = leads;
  }

  /** A relay with the heap of a pod, which ends when it is out of memory; not started yet. */
  static Relay relay(FaultBench bench) throws IOException {
    return bench
        .relay(
            "small-heap",
            Map.of(
                "RELAY_SERVER_REQUEST_DEADLINE",
                HeapLoad.DEADLINE.toString(),
                "WEBHOOK_SECRET_FLIP",
                FuzzRun.FLIP_SECRET,
                "FLIP_URL",
                bench.flip.url(),
                "FLIP_API_KEY",
                "faults-flip-key",
                "FLIP_PROGRAM_ID",
                "00000000-0000-0000-0000-000000000001",
                "FLIP_POLL_INTERVAL",
                "PT1S"))
        .withHeap("256m");
  }

  /** Runs a load; returns the figures as text. */
  String hold(HeapLoad load, int size) throws Exception {
    WebhookSender sender = send(load, "");
    load.put(bench, relay, sender.name, size);
    return end(sender.continueAfterFault(), load);
  }

  /** The same with {@code kill -9} in the middle, and a new start. */
  String holdKilled(HeapLoad load, int size) throws Exception {
    WebhookSender sender = send(load, "killed");
    CompletableFuture<Void> putting =
        CompletableFuture.runAsync(() -> put(load, sender.name, size));
    await().atMost(Duration.ofMinutes(1)).until(() -> sender.accepted.size() >= leads / 2);
    relay.kill();
    sender.continueAfterFault();
    relay.start();
    putting.get(5, TimeUnit.MINUTES);
    return end(sender, load);
  }

  private WebhookSender send(HeapLoad load, String suffix) {
    String name = load.name().toLowerCase(Locale.ROOT).replace("_", "") + suffix;
    return WebhookSender.start(name, List.of(relay), leads, 1, LEADS_A_SECOND);
  }

  private void put(HeapLoad load, String name, int size) {
    try {
      load.put(bench, relay, name, size);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private String end(WebhookSender sender, HeapLoad load) throws Exception {
    sender.finish();
    assertThat(sender.accepted.size() + sender.uncertain.size()).isEqualTo(leads);
    for (String vendor : CountingVendors.NAMES) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(bench.vendors.events(vendor, sender.name))
                      .as(vendor)
                      .containsAll(sender.accepted));
    }
    assertThat(relay.liveness()).isEqualTo(200);
    assertThat(relay.log()).doesNotContain("OutOfMemoryError");
    return "%s: %d leads arrived, %d unanswered, %d times 503, p99 %d ms"
        .formatted(
            load,
            sender.accepted.size(),
            sender.uncertain.size(),
            sender.unavailable.get(),
            sender.latencies.p99Millis());
  }
}
