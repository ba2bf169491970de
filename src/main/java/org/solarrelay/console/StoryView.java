package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.solarrelay.delivery.queue.DeliveryQueries.DeliveryEntry;
import org.solarrelay.delivery.queue.DeliveryQueries.EventEntry;
import org.solarrelay.delivery.queue.DeliveryQueries.MessageHistory;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.MessageState;
import org.solarrelay.delivery.queue.ReplayRepository;

/**
 * What became of a message: its events, and the deliveries of each with their attempts.
 *
 * @param id an event's id, a receipt, a delivery's number or a record position
 * @param title the type of the event, {@code Message} without one
 * @param full whether the story shows personal data
 * @param reason why the message became no event, or why no destination receives the event; empty
 *     otherwise
 * @param moreEvents how many events are left out
 * @param moreDeliveries how many deliveries are left out
 */
public record StoryView(
    String id,
    String title,
    boolean full,
    MessageState state,
    String reason,
    List<EventView> events,
    long moreEvents,
    List<DeliveryView> deliveries,
    long moreDeliveries,
    List<ReplayRepository.Replay> replays) {

  private static final int MOST_EVENTS = 20;
  private static final int MOST_DELIVERIES = 60;
  private static final int LONGEST_DATA = 20_000;

  /**
   * An event.
   *
   * @param receipt of the webhook; empty for an event of a producer
   * @param causationId the event from which this event is derived; empty without one
   * @param data its data as JSON; empty where personal data is hidden
   * @param erased whether an operator has erased the data
   */
  public record EventView(
      String id,
      String type,
      String source,
      String subject,
      OffsetDateTime time,
      OffsetDateTime recordedAt,
      String receipt,
      String position,
      String causationId,
      String data,
      List<String> notes,
      boolean erased) {}

  /**
   * A delivery.
   *
   * @param waitsFor the number of the delivery that goes first; null where it waits for none
   * @param attempts the last ones
   * @param moreAttempts how many earlier ones are left out
   * @param erased whether its event is erased, so that there is nothing to send
   */
  public record DeliveryView(
      DeliveryEntry entry,
      String reason,
      Long waitsFor,
      List<AttemptView> attempts,
      int moreAttempts,
      boolean erased) {

    public boolean isReplayable() {
      return !erased
          && (entry.state() == DeliveryState.DEAD || entry.state() == DeliveryState.SKIPPED);
    }

    public boolean isHeld() {
      return entry.state() == DeliveryState.HELD;
    }

    public boolean isUnfinished() {
      return !entry.state().isFinished();
    }
  }

  /**
   * @param waitsFor the deliveries that go first, by the number of the one that waits
   * @param full whether to show personal data
   */
  static StoryView of(MessageHistory history, Map<Long, Long> waitsFor, boolean full) {
    UnaryOperator<String> shown = full ? text -> text : PersonalDataMask::masked;
    List<EventEntry> events = history.events();
    List<DeliveryEntry> deliveries = ofThisFirst(history);
    return new StoryView(
        history.id(),
        main(history).map(EventEntry::type).orElse("Message"),
        full,
        history.state(),
        shown.apply(Objects.toString(history.reason(), "")),
        events.stream().limit(MOST_EVENTS).map(one -> event(one, full, shown)).toList(),
        Math.max(0, events.size() - MOST_EVENTS),
        deliveries.stream()
            .limit(MOST_DELIVERIES)
            .map(one -> delivery(one, waitsFor, full, isErased(history, one)))
            .toList(),
        Math.max(0, deliveries.size() - MOST_DELIVERIES),
        history.replays());
  }

  /** The event that the id leads to; of a receipt the first event. */
  private static Optional<EventEntry> main(MessageHistory history) {
    String id =
        history.deliveries().stream()
            .filter(one -> Long.toString(one.id()).equals(history.id()))
            .map(DeliveryEntry::eventId)
            .findFirst()
            .orElse(history.id());
    return history.events().stream()
        .filter(one -> id.equals(one.id()))
        .findFirst()
        .or(
            () ->
                history.events().stream()
                    .filter(one -> id.equals(one.receipt()) || id.equals(one.place()))
                    .findFirst())
        .or(() -> history.events().stream().findFirst());
  }

  /** The deliveries of the event that the id leads to come before those of its relatives. */
  private static List<DeliveryEntry> ofThisFirst(MessageHistory history) {
    String first = main(history).map(EventEntry::id).orElse("");
    return history.deliveries().stream()
        .sorted(Comparator.comparing(one -> !first.equals(one.eventId())))
        .toList();
  }

  private static EventView event(EventEntry event, boolean full, UnaryOperator<String> shown) {
    return new EventView(
        event.id(),
        event.type(),
        event.source(),
        shown.apply(event.subject()),
        event.time(),
        event.recordedAt(),
        Objects.toString(event.receipt(), ""),
        event.place(),
        Objects.toString(event.causationId(), ""),
        full ? ConsoleText.cut(event.data().toPrettyString(), LONGEST_DATA) : "",
        event.notes().stream().map(shown).toList(),
        event.erased());
  }

  private static DeliveryView delivery(
      DeliveryEntry entry, Map<Long, Long> waitsFor, boolean full, boolean erased) {
    List<AttemptView> attempts = AttemptView.of(entry, full);
    int before = attempts.isEmpty() ? 0 : attempts.get(0).number() - 1;
    String reason = Objects.toString(entry.reason(), "");
    return new DeliveryView(
        entry,
        full ? reason : PersonalDataMask.masked(reason),
        waitsFor.get(entry.id()),
        attempts,
        before,
        erased);
  }

  private static boolean isErased(MessageHistory history, DeliveryEntry delivery) {
    return history.events().stream()
        .filter(EventEntry::erased)
        .anyMatch(
            event ->
                event.id().equals(delivery.eventId()) && event.source().equals(delivery.source()));
  }

  /** The deliveries that are not finished. */
  static List<Long> unfinished(MessageHistory history) {
    return history.deliveries().stream()
        .filter(one -> !one.state().isFinished())
        .map(DeliveryEntry::id)
        .toList();
  }

  /** Whether an operator can send the message again, because it became no event. */
  public boolean isReplayable() {
    return state == MessageState.DEAD;
  }

  /** Whether earlier attempts are left out. */
  public boolean hasMoreAttempts() {
    return deliveries.stream().anyMatch(one -> one.moreAttempts() > 0);
  }
}
