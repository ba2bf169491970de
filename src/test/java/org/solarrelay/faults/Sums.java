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

/** What must add up once all is over, counted at the vendors and in the operator API. */
final class Sums {

  /** Other cases run on the same machine at the same time. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> OVER = Set.of("delivered", "skipped", "dead");

  private final Relay relay;
  private final CountingVendors vendors;
  private final Topic topic;

  Sums(Relay relay, CountingVendors vendors, Topic topic) {
    this.relay = relay;
    this.vendors = vendors;
    this.topic = topic;
  }

  /**
   * Waits until every accepted event is over at every destination, and checks that all adds up.
   *
   * @return the figures, for people
   */
  String of(Sender sender) {
    for (String vendor : CountingVendors.NAMES) {
      awaitOver(vendor, sender.name, sender.accepted.size());
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
    awaitAnnounced(sender.name);
    return "%d accepted, %d unanswered, %d times 503%s"
        .formatted(
            sender.accepted.size(), sender.uncertain.size(), sender.unavailable.get(), figures);
  }

  /** Until so many deliveries of the case are over at one destination, and none is not. */
  void awaitOver(String vendor, String prefix, int atLeast) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              List<String> states = deliveries(vendor, prefix).stream().map(Sums::state).toList();
              assertThat(states).as(vendor).hasSizeGreaterThanOrEqualTo(atLeast);
              assertThat(OVER).as(vendor).containsAll(states);
            });
  }

  /** A webhook that got no response may become an event later than all others. */
  private void awaitCalled(String vendor, String prefix) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(vendors.events(vendor, prefix))
                    .as("what %s was told", vendor)
                    .hasSize(count(byState(vendor, prefix), "delivered")));
  }

  /** The case's deliveries at one destination, by their state. */
  Map<String, List<JsonNode>> byState(String vendor, String prefix) {
    try {
      return deliveries(vendor, prefix).stream().collect(groupingBy(Sums::state));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void check(String vendor, Sender sender, Map<String, List<JsonNode>> byState) {
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
    assertThat(events).as("what %s was told", vendor).isSubsetOf(sent);
    assertThat(events).as("what %s was told", vendor).hasSize(count(byState, "delivered"));
    if (count(byState, "delivered") == all) {
      assertThat(events).as("what %s was told", vendor).containsAll(sender.accepted);
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

  /** Every delivery's end is told on {@code solar.outcomes}, at least once. */
  private void awaitAnnounced(String prefix) {
    Set<String> ended = new HashSet<>();
    for (String vendor : CountingVendors.NAMES) {
      byState(vendor, prefix).values().forEach(all -> all.forEach(one -> ended.add(end(one))));
    }
    Set<String> announced = new HashSet<>();
    AtomicInteger parsed = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var outcomes = topic.read("solar.outcomes");
              for (var outcome : outcomes.subList(parsed.get(), outcomes.size())) {
                announced.add(end(JSON.readTree(outcome.value())));
              }
              parsed.set(outcomes.size());
              assertThat(announced).containsAll(ended);
            });
  }

  private static String end(JsonNode of) {
    return of.path("eventId").asText() + " " + of.path("destination").asText() + " " + state(of);
  }

  private static String state(JsonNode delivery) {
    return delivery.path("state").asText();
  }

  /** Other cases have filled the ledger before; only what this one's sender sent is of interest. */
  private List<JsonNode> deliveries(String vendor, String prefix)
      throws IOException, InterruptedException {
    return relay.deliveries(vendor, prefix, Sender.startOf(prefix).minusSeconds(60));
  }

  private static int count(Map<String, List<JsonNode>> byState, String state) {
    return byState.getOrDefault(state, List.of()).size();
  }
}
