package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Senders that say everything three times, at once. */
class RepeatedWebhooksIT {

  private static final int LEADS = 40;
  private static final int OF_EACH_VENDOR = 30;
  private static final int ALL = LEADS + 2 * OF_EACH_VENDOR;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FaultBench bench = FaultBench.SHARED;

  @Test
  void aHundredWebhooksSentThreeTimesAtOnceAreDeliveredOnce() throws Exception {
    Relay relay = bench.steadyRelay();
    Instant start = Instant.now();
    List<String> receipts = sendAllThreeTimes(relay);
    Map<String, Integer> stories = awaitStories(relay, receipts);
    Map.of(
            "enerflo", LEADS + OF_EACH_VENDOR,
            "solarproof", LEADS + OF_EACH_VENDOR,
            "crm", ALL)
        .forEach(
            (vendor, expected) ->
                await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                        () ->
                            assertThat(bench.vendors.events(vendor, "thrice"))
                                .as(vendor)
                                .hasSize(expected)));
    awaitNothingOpen(relay, start);

    int calls = 0;
    for (String vendor : CountingVendors.NAMES) {
      assertThat(bench.vendors.received(vendor, "thrice"))
          .as("calls to %s", vendor)
          .hasSameSizeAs(bench.vendors.events(vendor, "thrice"));
      calls += bench.vendors.received(vendor, "thrice").size();
    }
    assertThat(stories).isEqualTo(Map.of("events", ALL, "skipped", 2 * ALL));
    System.out.printf(
        "webhooks three times: %d accepted, %d events, %d recognised as duplicates, %d calls%n",
        receipts.size(), stories.get("events"), stories.get("skipped"), calls);
  }

  private static List<String> sendAllThreeTimes(Relay relay) throws Exception {
    List<Callable<String>> posts = new ArrayList<>();
    for (int n = 0; n < ALL; n++) {
      Callable<String> post = post(relay, n, "thrice-%d-n0".formatted(n));
      posts.addAll(List.of(post, post, post));
    }
    Collections.shuffle(posts, new Random(4));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<String> receipts = new ArrayList<>();
    for (Future<String> receipt : threads.invokeAll(posts)) {
      receipts.add(receipt.get());
    }
    threads.shutdown();
    return receipts;
  }

  private static Callable<String> post(Relay relay, int n, String name) {
    String email = name + "@example.com";
    if (n < LEADS) {
      String lead =
          "{\"firstName\":\"Ada\",\"lastName\":\"%s\",\"email\":\"%s\",\"mobile\":\"(801) 555-0100\"}"
              .formatted(name, email);
      return () -> receipt(relay.post("leads", lead, name));
    }
    if (n < LEADS + OF_EACH_VENDOR) {
      String customer =
          """
          {"webhook_event":"new_customer","id":%d,"first_name":"Ada","last_name":"%s","email":"%s",
           "phone":"(801) 555-0142","address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"},
           "timestamps":{"created_at":"2026-01-02 00:15:28","updated_at":"2026-01-02 00:15:28"}}"""
              .formatted(700_000 + n, name, email);
      return () -> receipt(relay.post("enerflo", customer, "not looked at"));
    }
    String customer =
        """
        {"customer_id":%d,"first_name":"Ada","surname":"%s","customer_name":"Ada %s","phone_primary":"07 5550 0126",
         "customer_email":"%s","customer_type_id":1,"customer_status_id":1}"""
            .formatted(800_000 + n, name, name, email);
    return () -> receipt(relay.post("solarproof/customer_created", customer, "not looked at"));
  }

  private static String receipt(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return JSON.readTree(response.body()).path("receipt").asText();
  }

  /** Every receipt has a story; the number of receipts in each state. */
  private static Map<String, Integer> awaitStories(Relay relay, List<String> receipts) {
    Map<String, Integer> states = new HashMap<>();
    for (String receipt : receipts) {
      JsonNode story =
          await()
              .atMost(Duration.ofSeconds(60))
              .pollDelay(Duration.ZERO)
              .until(() -> relay.story(receipt), found -> found != null);
      states.merge(story.path("state").asText(), 1, Integer::sum);
    }
    return states;
  }

  /** What other cases have left open may stay so. */
  private static void awaitNothingOpen(Relay relay, Instant since) {
    for (String state : List.of("pending", "running")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  relay
                      .api("deliveries?limit=1&state=%s&since=%s".formatted(state, since))
                      .path("items")
                      .isEmpty());
    }
  }
}
