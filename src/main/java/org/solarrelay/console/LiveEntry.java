package org.solarrelay.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.solarrelay.delivery.queue.LedgerTail;
import org.solarrelay.event.Receipt;

/** A row of the page Live. A missing text is empty. */
public sealed interface LiveEntry {

  Instant at();

  /** What happened: {@code webhook}, {@code message}, {@code event} or {@code delivery}. */
  String kind();

  /** The id of the story: an event's, a receipt, a record position or a delivery's number. */
  String id();

  /** The text of the link to the story. */
  String text();

  String source();

  default String subject() {
    return "";
  }

  default String destination() {
    return "";
  }

  /** The result, in one or two words. */
  default String result() {
    return "";
  }

  /** The class of the result's style. */
  default String style() {
    return "off";
  }

  default String reason() {
    return "";
  }

  /** Whether the filter selects the row. */
  boolean isSelected(LiveSelection selection);

  /**
   * A webhook whose result is known.
   *
   * @param events the events of the webhook; empty where it became none
   * @param message the stored message of a webhook that became no event
   */
  record WebhookEntry(
      String receipt, List<LedgerTail.EventEntry> events, Optional<LedgerTail.MessageEntry> message)
      implements LiveEntry {

    private OffsetDateTime stored() {
      return message
          .map(LedgerTail.MessageEntry::at)
          .orElseGet(() -> events.get(events.size() - 1).at());
    }

    /** A receipt holds the time of its webhook. */
    @Override
    public Instant at() {
      return Receipt.issuedAt(receipt).orElseGet(() -> stored().toInstant());
    }

    @Override
    public String kind() {
      return "webhook";
    }

    @Override
    public String id() {
      return receipt;
    }

    @Override
    public String text() {
      return receipt;
    }

    @Override
    public String source() {
      return message
          .map(one -> Objects.toString(one.source(), ""))
          .orElseGet(() -> events.get(0).source());
    }

    @Override
    public String result() {
      return message
          .map(one -> one.state().text())
          .orElseGet(
              () ->
                  events.stream()
                      .map(LedgerTail.EventEntry::type)
                      .distinct()
                      .collect(Collectors.joining(", ")));
    }

    @Override
    public String style() {
      return message.map(LiveEntry::style).orElse("off");
    }

    @Override
    public String reason() {
      return message.map(one -> Objects.toString(one.reason(), "")).orElse("");
    }

    @Override
    public boolean isSelected(LiveSelection selection) {
      boolean ofType =
          selection.takesType("")
              || events.stream().anyMatch(one -> selection.takesType(one.type()));
      return ofType && selection.takesSource(source()) && selection.takesDestination("");
    }
  }

  /** A message that is no webhook and became no event. */
  record MessageEntry(LedgerTail.MessageEntry message) implements LiveEntry {

    @Override
    public Instant at() {
      return message.at().toInstant();
    }

    @Override
    public String kind() {
      return "message";
    }

    @Override
    public String id() {
      return message.id();
    }

    @Override
    public String text() {
      return message.id();
    }

    @Override
    public String source() {
      return Objects.toString(message.source(), "");
    }

    @Override
    public String result() {
      return message.state().text();
    }

    @Override
    public String style() {
      return LiveEntry.style(message);
    }

    @Override
    public String reason() {
      return Objects.toString(message.reason(), "");
    }

    @Override
    public boolean isSelected(LiveSelection selection) {
      return selection.takesSource(source())
          && selection.takesType("")
          && selection.takesDestination("");
    }
  }

  /** An event that fan-out has written. */
  record EventEntry(LedgerTail.EventEntry event) implements LiveEntry {

    @Override
    public Instant at() {
      return event.at().toInstant();
    }

    @Override
    public String kind() {
      return "event";
    }

    @Override
    public String id() {
      return event.id();
    }

    @Override
    public String text() {
      return event.type();
    }

    @Override
    public String source() {
      return event.source();
    }

    @Override
    public String subject() {
      return event.subject();
    }

    @Override
    public boolean isSelected(LiveSelection selection) {
      return selection.takesSource(event.source())
          && selection.takesType(event.type())
          && selection.takesDestination("");
    }
  }

  /** A delivery that has ended. */
  record EndEntry(LedgerTail.EndEntry end) implements LiveEntry {

    @Override
    public Instant at() {
      return end.at().toInstant();
    }

    @Override
    public String kind() {
      return "delivery";
    }

    @Override
    public String id() {
      return Long.toString(end.id());
    }

    @Override
    public String text() {
      return end.type();
    }

    @Override
    public String source() {
      return end.source();
    }

    @Override
    public String subject() {
      return end.subject();
    }

    @Override
    public String destination() {
      return end.destination();
    }

    @Override
    public String result() {
      return end.state().text();
    }

    @Override
    public String style() {
      return ConsoleText.style(end.state());
    }

    @Override
    public String reason() {
      return Objects.toString(end.reason(), "");
    }

    @Override
    public boolean isSelected(LiveSelection selection) {
      return selection.takesSource(end.source())
          && selection.takesType(end.type())
          && selection.takesDestination(end.destination());
    }
  }

  private static String style(LedgerTail.MessageEntry message) {
    return switch (message.state()) {
      case DEAD -> "bad";
      case ACCEPTED, EVENTS, SKIPPED, RESENT -> "off";
    };
  }
}
