package org.solarrelay.faults;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.solarrelay.faults.TrafficMessage.Kind;

/**
 * Checks the result of a soak, with the rules of {@link ConsistencyCheck}, for all messages sent.
 */
final class SoakConsistencyCheck {

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final String EVERYTHING = "soak";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CountingVendors vendors;
  private final Relay relay;
  private final Topic topic;
  private final Traffic traffic;
  private final FaultLog progress;
  private final List<String> violations = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();

  SoakConsistencyCheck(FaultBench bench, Relay relay, Traffic traffic, FaultLog progress) {
    this.vendors = bench.vendors;
    this.relay = relay;
    this.topic = bench.topic;
    this.traffic = traffic;
    this.progress = progress;
  }

  /** Waits until nothing is pending, then returns all violations. */
  List<String> check() throws Exception {
    Set<String> ends = new HashSet<>();
    awaitEnded();
    for (String vendor : CountingVendors.NAMES) {
      List<JsonNode> deliveries = relay.deliveries(vendor, "");
      deliveries.forEach(one -> ends.add(end(one)));
      check(vendor, deliveries.stream().collect(groupingBy(one -> one.path("state").asText())));
      checkOrder(vendor);
    }
    checkCustomers();
    checkOutcomes(ends);
    checkDeadLetters();
    return violations;
  }

  List<String> figures() {
    return figures;
  }

  private void awaitEnded() throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    for (String vendor : CountingVendors.NAMES) {
      int expected = expected(vendor).size() + refused(vendor);
      List<JsonNode> open = List.of();
      int all = 0;
      do {
        TimeUnit.SECONDS.sleep(1);
        open = relay.open(vendor);
        all = open.isEmpty() ? relay.deliveries(vendor, "").size() : 0;
      } while (all < expected && System.nanoTime() < deadline);
      if (all < expected) {
        violations.add(
            "%s: %d deliveries of %d, still open: %s"
                .formatted(vendor, all, expected, open.stream().limit(3).toList()));
      }
      progress.log("nothing is pending at " + vendor);
    }
  }

  private void check(String vendor, Map<String, List<JsonNode>> byState) {
    Set<String> expected = expected(vendor);
    Set<String> received = vendors.events(vendor, EVERYTHING);
    int delivered = count(byState, "delivered");
    int skipped = count(byState, "skipped");
    int dead = count(byState, "dead");
    figures.add(
        "%s: %d accepted = %d delivered + %d skipped + %d dead, %d calls repeated"
            .formatted(
                vendor,
                expected.size() + refused(vendor),
                delivered,
                skipped,
                dead,
                vendors.repeated(vendor, EVERYTHING)));
    requireEqual(
        vendor + ": accepted, and ended",
        expected.size() + refused(vendor),
        delivered + skipped + dead);
    requireEqual(vendor + ": rejected, and dead", refused(vendor), dead);
    requireEqual(vendor + ": received, and delivered", received.size(), delivered);
    for (String state : List.of("skipped", "dead")) {
      byState.getOrDefault(state, List.of()).stream()
          .filter(one -> one.path("reason").asText().isBlank())
          .forEach(one -> violations.add("no reason: " + one));
    }
    byState.getOrDefault("dead", List.of()).stream()
        .filter(one -> !one.path("subject").asText().startsWith(Kind.REFUSED.prefix))
        .forEach(one -> violations.add("dead without need: " + one));
    checkRecords(vendor, byState);
    byState.getOrDefault("skipped", List.of()).stream()
        .collect(groupingBy(one -> one.path("reason").asText().replaceAll("[0-9a-f-]{8,}", "…")))
        .forEach((reason, ones) -> figures.add("  %d skipped: %s".formatted(ones.size(), reason)));
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(received);
    Set<String> tooMany = new TreeSet<>(received);
    tooMany.removeAll(expected);
    if (missing.size() > skipped || !tooMany.isEmpty()) {
      violations.add("%s did not receive %s, but received %s".formatted(vendor, missing, tooMany));
    }
  }

  /** Checks each record alone, because a violation is easier to find by record. */
  private void checkRecords(String vendor, Map<String, List<JsonNode>> byState) {
    Map<String, List<JsonNode>> bySubject =
        byState.values().stream()
            .flatMap(List::stream)
            .collect(groupingBy(one -> one.path("subject").asText()));
    vendors
        .numbersByRecord(vendor, EVERYTHING)
        .forEach(
            (record, numbers) -> {
              List<JsonNode> deliveries =
                  bySubject.getOrDefault(TrafficMessage.ledgerSubject(record), List.of());
              long delivered =
                  deliveries.stream()
                      .filter(one -> one.path("state").asText().equals("delivered"))
                      .count();
              if (numbers.stream().distinct().count() != delivered) {
                violations.add(
                    "%s received %s: %s; %s".formatted(vendor, record, numbers, deliveries));
              }
            });
  }

  private void checkOrder(String vendor) {
    vendors
        .numbersByRecord(vendor, EVERYTHING)
        .forEach(
            (record, numbers) -> {
              if (!numbers.stream().sorted().toList().equals(numbers)) {
                violations.add("%s received %s in the order %s".formatted(vendor, record, numbers));
              }
            });
  }

  private void checkCustomers() {
    Map<String, List<Integer>> customers = vendors.customers(EVERYTHING);
    customers.forEach(
        (email, ids) -> {
          if (ids.size() > 1) {
            violations.add("Solar Proof has customers %s of %s".formatted(ids, email));
          }
        });
    figures.add("Solar Proof: %d customers, one for each e-mail".formatted(customers.size()));
  }

  private void checkOutcomes(Set<String> ends) throws Exception {
    Set<String> unpublished = new TreeSet<>(ends);
    int published = 0;
    for (int tries = 0; tries < 30 && !unpublished.isEmpty(); tries++) {
      TimeUnit.SECONDS.sleep(1);
      var outcomes = topic.read("solar.outcomes");
      published = outcomes.size();
      for (var outcome : outcomes) {
        unpublished.remove(end(JSON.readTree(outcome.value())));
      }
    }
    figures.add("%d outcomes of %d ended deliveries".formatted(published, ends.size()));
    unpublished.forEach(end -> violations.add("not on solar.outcomes: " + end));
  }

  private void checkDeadLetters() {
    Set<String> poison = new TreeSet<>(traffic.accepted(Kind.POISON));
    int letters = 0;
    for (var letter : topic.read("solar.dead-letters")) {
      letters++;
      String mark = Topic.header(letter, Endpoints.POISON_MARK);
      boolean refused = new String(letter.value()).contains(Kind.REFUSED.prefix);
      if (mark.isEmpty() && !refused) {
        violations.add("a dead letter of no poison: " + Topic.header(letter, "relay_reason"));
      }
      poison.remove(mark);
    }
    poison.forEach(name -> violations.add("no dead letter of " + name));
    figures.add("%d dead letters, all of poison".formatted(letters));
  }

  private Set<String> expected(String vendor) {
    Set<String> names = new HashSet<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.REFUSED && kind.goesTo(vendor)) {
        names.addAll(traffic.accepted(kind));
      }
    }
    return names;
  }

  private int refused(String vendor) {
    return Kind.REFUSED.goesTo(vendor) ? traffic.accepted(Kind.REFUSED).size() : 0;
  }

  private void requireEqual(String what, int one, int other) {
    if (one != other) {
      violations.add("%s: %d and %d".formatted(what, one, other));
    }
  }

  private static String end(JsonNode of) {
    return "%s %s %s"
        .formatted(
            of.path("eventId").asText(),
            of.path("destination").asText(),
            of.path("state").asText());
  }

  private static int count(Map<String, List<JsonNode>> byState, String state) {
    return byState.getOrDefault(state, List.of()).size();
  }
}
