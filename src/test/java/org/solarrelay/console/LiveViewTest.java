package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.LedgerTail;
import org.solarrelay.delivery.queue.MessageState;

class LiveViewTest {

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-31T12:00:00Z");
  private static final LiveSelection ALL = LiveSelection.of("", " ", "", "");

  @Test
  void entriesOfAllKindsAreInOneListNewestFirst() {
    LedgerTail.Tail tail =
        new LedgerTail.Tail(
            List.of(event(2, "lead.submitted", "r1")),
            List.of(message(4, Optional.of("r2")), message(5, Optional.empty())),
            List.of(end(3, "enerflo")));

    assertThat(kinds(LiveView.of(tail, ALL)))
        .containsExactly("message", "webhook", "delivery", "webhook", "event");
    assertThat(entries(LiveView.of(tail, ALL)))
        .filteredOn(entry -> entry.kind().equals("webhook"))
        .extracting(entry -> entry.id() + " " + entry.result() + " " + entry.reason())
        .containsExactly("r2 dead no email", "r1 lead.submitted ");
  }

  @Test
  void aSecondShowsTwentyAndCountsTheOthers() {
    List<LedgerTail.EndEntry> burst =
        IntStream.range(0, 332).mapToObj(i -> end(7, "enerflo")).toList();
    LedgerTail.Tail tail =
        new LedgerTail.Tail(List.of(event(2, "lead.submitted", "")), List.of(), burst);

    LiveView view = LiveView.of(tail, ALL);

    assertThat(view.seconds()).hasSize(2);
    assertThat(view.seconds().get(0).entries()).hasSize(20);
    assertThat(view.seconds().get(0).moreText()).isEqualTo("… and 312 more");
    assertThat(view.seconds().get(1).more()).isZero();
  }

  @Test
  void aSecondOfWhichThereIsMoreInTheLedgerSaysAtLeast() {
    List<LedgerTail.EndEntry> burst =
        IntStream.range(0, LedgerTail.MOST).mapToObj(i -> end(7, "enerflo")).toList();

    LiveView view = LiveView.of(new LedgerTail.Tail(List.of(), List.of(), burst), ALL);

    assertThat(view.seconds().get(0).moreText()).isEqualTo("… and at least 980 more");
  }

  @Test
  void thePageShowsAHundred() {
    List<LedgerTail.EventEntry> events =
        IntStream.range(0, 500).mapToObj(i -> event(500 - i, "lead.submitted", "")).toList();

    LiveView view = LiveView.of(new LedgerTail.Tail(events, List.of(), List.of()), ALL);

    assertThat(entries(view)).hasSize(100);
    assertThat(entries(view).get(99).at()).isEqualTo(NOON.plusSeconds(401).toInstant());
  }

  @Test
  void theFilterSelectsBySourceTypeAndDestination() {
    LedgerTail.Tail tail =
        new LedgerTail.Tail(
            List.of(event(1, "lead.submitted", "r1"), event(2, "lead.changed", "")),
            List.of(message(3, Optional.empty())),
            List.of(end(4, "enerflo"), end(5, "flip")));

    assertThat(kinds(LiveView.of(tail, LiveSelection.of("flip", "", "", ""))))
        .containsExactly("message");
    assertThat(kinds(LiveView.of(tail, LiveSelection.of("crm", "lead.changed", "", ""))))
        .containsExactly("event");
    assertThat(kinds(LiveView.of(tail, LiveSelection.of("", "lead.submitted", "", ""))))
        .containsExactly("delivery", "delivery", "webhook", "event");
    assertThat(kinds(LiveView.of(tail, LiveSelection.of("", "", "flip", ""))))
        .containsExactly("delivery");
  }

  @Test
  void theAddressHoldsTheFilterAndTheTimeOfThePause() {
    LiveSelection selection = LiveSelection.of("crm", "", "a&b", "2026-01-31T12:00:00Z");

    assertThat(selection.resumed()).isEqualTo("/console/live?source=crm&destination=a%26b");
    assertThat(selection.pausedAt("2026-01-31T12:00:00Z"))
        .isEqualTo(selection.resumed() + "&paused=2026-01-31T12%3A00%3A00Z");
    assertThat(ALL.pausedAt("x")).isEqualTo("/console/live?paused=x");
  }

  private static List<LiveEntry> entries(LiveView view) {
    return view.seconds().stream().flatMap(second -> second.entries().stream()).toList();
  }

  private static List<String> kinds(LiveView view) {
    return entries(view).stream().map(LiveEntry::kind).toList();
  }

  private static LedgerTail.EventEntry event(int second, String type, String receipt) {
    return new LedgerTail.EventEntry(
        NOON.plusSeconds(second),
        "e" + second,
        "crm",
        type,
        "s" + second,
        Optional.of(receipt).filter(text -> !text.isEmpty()));
  }

  private static LedgerTail.MessageEntry message(int second, Optional<String> receipt) {
    return new LedgerTail.MessageEntry(
        NOON.plusSeconds(second),
        receipt.orElse("solar.inbox-0-" + second),
        "flip",
        receipt,
        MessageState.DEAD,
        "no email");
  }

  private static LedgerTail.EndEntry end(int second, String destination) {
    return new LedgerTail.EndEntry(
        NOON.plusSeconds(second),
        second,
        "crm",
        "lead.submitted",
        "s" + second,
        destination,
        DeliveryState.DELIVERED,
        "");
  }
}
