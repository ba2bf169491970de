package org.solarrelay.faults;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares the vendors' calls with the operator API, once all deliveries have ended. */
final class ConsistencyCheck {

  /** Other cases run on the same machine at the same time. */
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> ENDED = Set.of("delivered", "skipped", "dead");

  private final Relay relay;
  private final CountingVendors vendors;
  private final Topic topic;

  ConsistencyCheck(Relay relay, CountingVendors vendors, Topic topic) {
    this.relay = relay;
    this.vendors = vendors;
    this.topic = topic;
  }

  /**
   * Waits until every accepted event has ended at every destination, and checks the results.
   *
   * @return the figures as text
   */
  String of(WebhookSender sender) {
    for (String vendor : CountingVendors.NAMES) {
      awaitEnded(vendor, sender.name, sender.accepted.size());
      awaitCalled(vendor, sender.name);
    }
    StringBuilder figures = new StringBuilder();
    for (String vendor : CountingVendors.NAMES) {
      Map<String, List<JsonNode>> byState = byState(vendor, sender.name);
      check(vendor, sender, byState);
      figures.append(
          "; %s %d delivered, %d skipped, %d dead, %d repeated calls"
              .formatted(
                  vendor,
                  count(byState, "delivered"),
                  count(byState, "skipped"),
                  count(byState, "dead"),
                  vendors.repeated(vendor, sender.name)));
    }
    checkCustomers(sender.name);
    awaitOutcomes(sender.name);
    return "%d accepted, %d unanswered, %d times 503%s"
        .formatted(
            sender.accepted.size(), sender.uncertain.size(), sender.unavailable.get(), figures);
  }

  /**
   * Waits until at least this many deliveries of the case have ended at a destination, and none is
   * open.
   */
  void awaitEnded(String vendor, String prefix, int atLeast) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              List<String> states =
                  deliveries(vendor, prefix).stream().map(ConsistencyCheck::state).toList();
              assertThat(states).as(vendor).hasSizeGreaterThanOrEqualTo(atLeast);
              assertThat(ENDED).as(vendor).containsAll(states);
            });
  }

  /**
   * Waits for the last calls: a webhook without a response may become an event later than all
   * others.
   */
  private void awaitCalled(String vendor, String prefix) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(vendors.events(vendor, prefix))
                    .as("what %s received", vendor)
                    .hasSize(count(byState(vendor, prefix), "delivered")));
  }

  /** Returns the case's deliveries at a destination, by state. */
  Map<String, List<JsonNode>> byState(String vendor, String prefix) {
    try {
      return deliveries(vendor, prefix).stream().collect(groupingBy(ConsistencyCheck::state));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void check(String vendor, WebhookSender sender, Map<String, List<JsonNode>> byState) {
    int all = byState.values().stream().mapToInt(List::size).sum();
    assertThat(all)
        .as("deliveries to %s", vendor)
        .isBetween(sender.accepted.size(), sender.accepted.size() + sender.uncertain.size());
    for (String withoutCall : List.of("skipped", "dead")) {
      assertThat(byState.getOrDefault(withoutCall, List.of()))
          .allSatisfy(one -> assertThat(one.path("reason").asText()).isNotBlank());
    }
    Set<String> events = vendors.events(vendor, sender.name);
    Set<String> sent = new TreeSet<>(sender.accepted);
    sent.addAll(sender.uncertain);
    assertThat(events).as("what %s received", vendor).isSubsetOf(sent);
    assertThat(events).as("what %s received", vendor).hasSize(count(byState, "delivered"));
    if (count(byState, "delivered") == all) {
      assertThat(events).as("what %s received", vendor).containsAll(sender.accepted);
    }
    vendors
        .numbersByRecord(vendor, sender.name)
        .forEach((record, numbers) -> assertThat(numbers).as(vendor + " " + record).isSorted());
  }

  private void checkCustomers(String prefix) {
    assertThat(vendors.customers(prefix))
        .as("Solar Proof's customers by e-mail")
        .isNotEmpty()
        .allSatisfy((email, ids) -> assertThat(ids).as(email).hasSize(1));
  }

  /** Waits until {@code solar.outcomes} has every outcome, at least once. */
  private void awaitOutcomes(String prefix) {
    Set<String> ended = new HashSet<>();
    for (String vendor : CountingVendors.NAMES) {
      byState(vendor, prefix).values().forEach(all -> all.forEach(one -> ended.add(end(one))));
    }
    Set<String> published = new HashSet<>();
    AtomicInteger parsed = new AtomicInteger();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              var outcomes = topic.read("solar.outcomes");
              for (var outcome : outcomes.subList(parsed.get(), outcomes.size())) {
                published.add(end(JSON.readTree(outcome.value())));
              }
              parsed.set(outcomes.size());
              assertThat(published).containsAll(ended);
            });
  }

  private static String end(JsonNode of) {
    return of.path("eventId").asText() + " " + of.path("destination").asText() + " " + state(of);
  }

  private static String state(JsonNode delivery) {
    return delivery.path("state").asText();
  }

  /**
   * Returns the deliveries of this case's sender only, because the database has those of other
   * cases.
   */
  private List<JsonNode> deliveries(String vendor, String prefix)
      throws IOException, InterruptedException {
    return relay.deliveries(vendor, prefix, WebhookSender.startOf(prefix).minusSeconds(60));
  }

  private static int count(Map<String, List<JsonNode>> byState, String state) {
    return byState.getOrDefault(state, List.of()).size();
  }
}
