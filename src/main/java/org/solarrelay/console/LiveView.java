package org.solarrelay.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.delivery.queue.LedgerTail;
import org.solarrelay.delivery.queue.MessageState;

/**
 * What came in last, newest first. Each second shows a few entries and the count of the others, so
 * that a burst does not hide what came before the burst.
 *
 * @param seconds newest first
 */
public record LiveView(List<Second> seconds) {

  private static final int ROWS = 100;
  private static final int ROWS_OF_A_SECOND = 20;

  /**
   * What came in within a second.
   *
   * @param more how many other entries the second has
   * @param complete whether the relay has read all entries of the second
   */
  public record Second(Instant begin, List<LiveEntry> entries, int more, boolean complete) {

    /** Such as {@code … and 312 more}. */
    public String moreText() {
      return "… and %s%,d more".formatted(complete ? "" : "at least ", more);
    }
  }

  static LiveView of(LedgerTail.Tail tail, LiveSelection selection) {
    Map<Instant, List<LiveEntry>> bySecond =
        entries(tail)
            .filter(selection::takes)
            .sorted(Comparator.comparing(LiveEntry::at).reversed())
            .collect(
                Collectors.groupingBy(
                    entry -> entry.at().truncatedTo(ChronoUnit.SECONDS),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Instant read = readFrom(tail);
    List<Second> seconds = new ArrayList<>();
    int room = ROWS;
    for (Map.Entry<Instant, List<LiveEntry>> second : bySecond.entrySet()) {
      List<LiveEntry> all = second.getValue();
      int shown = Math.min(all.size(), Math.min(ROWS_OF_A_SECOND, room));
      room -= shown;
      boolean complete = second.getKey().isAfter(read);
      seconds.add(new Second(second.getKey(), all.subList(0, shown), all.size() - shown, complete));
      if (room == 0) {
        break;
      }
    }
    return new LiveView(seconds);
  }

  /** How many of the newest deliveries are searched for ends. */
  public String numbers() {
    return "%,d".formatted(LedgerTail.NUMBERS);
  }

  private static Stream<LiveEntry> entries(LedgerTail.Tail tail) {
    return Stream.of(
            webhooks(tail),
            tail.messages().stream()
                .filter(message -> message.receipt().isEmpty())
                .map(LiveEntry::message),
            tail.events().stream().map(LiveEntry::event),
            tail.ends().stream().map(LiveEntry::end))
        .flatMap(Function.identity());
  }

  private static Stream<LiveEntry> webhooks(LedgerTail.Tail tail) {
    Map<String, List<LedgerTail.EventEntry>> events =
        tail.events().stream()
            .filter(event -> event.receipt().isPresent())
            .collect(
                Collectors.groupingBy(
                    event -> event.receipt().get(), LinkedHashMap::new, Collectors.toList()));
    Map<String, LedgerTail.MessageEntry> messages = new LinkedHashMap<>();
    tail.messages()
        .forEach(
            message ->
                message.receipt().ifPresent(receipt -> messages.putIfAbsent(receipt, message)));
    return Stream.concat(events.keySet().stream(), messages.keySet().stream())
        .distinct()
        .map(
            receipt ->
                webhook(
                    receipt,
                    events.getOrDefault(receipt, List.of()),
                    Optional.ofNullable(messages.get(receipt))));
  }

  /** The row of a webhook. A message that was resent and became events is left out. */
  private static LiveEntry webhook(
      String receipt,
      List<LedgerTail.EventEntry> events,
      Optional<LedgerTail.MessageEntry> message) {
    return LiveEntry.webhook(
        receipt,
        events,
        message.filter(one -> events.isEmpty() || one.state() != MessageState.RESENT));
  }

  /** The time since which the relay has read all entries of every kind. */
  private static Instant readFrom(LedgerTail.Tail tail) {
    return Stream.of(
            oldest(tail.events(), event -> event.at().toInstant()),
            oldest(tail.messages(), message -> message.at().toInstant()),
            oldest(tail.ends(), end -> end.at().toInstant()))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** The time of the oldest entry that was read; empty where all were read. */
  private static <T> Optional<Instant> oldest(List<T> read, Function<T, Instant> at) {
    return read.size() < LedgerTail.MOST
        ? Optional.empty()
        : Optional.of(at.apply(read.get(read.size() - 1)));
  }
}
