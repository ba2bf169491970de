package org.solarrelay.console;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.solarrelay.delivery.queue.LedgerTail;
import org.solarrelay.event.Receipt;

/**
 * A row of the page Live. A missing text is empty.
 *
 * @param kind what happened: {@code webhook}, {@code message}, {@code event} or {@code delivery}
 * @param id of the story: an event's, a receipt, a record position or a delivery's number
 * @param text of the link to the story
 * @param types of the events that the row is about; none of a message that became no event
 * @param result in one or two words
 * @param style the class of the result's style
 */
public record LiveEntry(
    Instant at,
    String kind,
    String id,
    String text,
    String source,
    Set<String> types,
    String subject,
    String destination,
    String result,
    String style,
    String reason) {

  private static final class Builder {
    private final Instant at;
    private final String kind;
    private String id;
    private String text;
    private String source;
    private Set<String> types = Set.of();
    private String subject = "";
    private String destination = "";
    private String result = "";
    private String style = "off";
    private String reason = "";

    Builder(String kind, Instant at) {
      this.kind = kind;
      this.at = at;
    }

    Builder story(String id, String text) {
      this.id = id;
      this.text = text;
      return this;
    }

    Builder source(String source) {
      this.source = Objects.toString(source, "");
      return this;
    }

    Builder types(Set<String> types) {
      this.types = types;
      return this;
    }

    Builder subject(String subject) {
      this.subject = subject;
      return this;
    }

    Builder destination(String destination) {
      this.destination = destination;
      return this;
    }

    Builder result(String result, String style, String reason) {
      this.result = result;
      this.style = style;
      this.reason = Objects.toString(reason, "");
      return this;
    }

    Builder result(LedgerTail.MessageEntry message) {
      String style =
          switch (message.state()) {
            case DEAD -> "bad";
            case ACCEPTED, EVENTS, SKIPPED, RESENT -> "off";
          };
      return result(message.state().text(), style, message.reason());
    }

    LiveEntry build() {
      return new LiveEntry(
          at, kind, id, text, source, types, subject, destination, result, style, reason);
    }
  }

  /**
   * A webhook whose result is known.
   *
   * @param events the events of the webhook; empty where it became none
   * @param message the stored message of a webhook that became no event
   */
  static LiveEntry webhook(
      String receipt,
      List<LedgerTail.EventEntry> events,
      Optional<LedgerTail.MessageEntry> message) {
    Set<String> types =
        events.stream().map(LedgerTail.EventEntry::type).collect(Collectors.toSet());
    Builder entry =
        new Builder("webhook", time(receipt, events, message)).story(receipt, receipt).types(types);
    if (message.isPresent()) {
      return entry.source(message.get().source()).result(message.get()).build();
    }
    String became =
        events.stream()
            .map(LedgerTail.EventEntry::type)
            .distinct()
            .collect(Collectors.joining(", "));
    return entry.source(events.get(0).source()).result(became, "off", "").build();
  }

  /** A receipt holds the time of its webhook. */
  private static Instant time(
      String receipt,
      List<LedgerTail.EventEntry> events,
      Optional<LedgerTail.MessageEntry> message) {
    return Receipt.issuedAt(receipt)
        .orElseGet(
            () ->
                message
                    .map(LedgerTail.MessageEntry::at)
                    .orElseGet(() -> events.get(events.size() - 1).at())
                    .toInstant());
  }

  /** A message that is no webhook and became no event. */
  static LiveEntry message(LedgerTail.MessageEntry message) {
    return new Builder("message", message.at().toInstant())
        .story(message.id(), message.id())
        .source(message.source())
        .result(message)
        .build();
  }

  /** An event that fan-out has written. */
  static LiveEntry event(LedgerTail.EventEntry event) {
    return new Builder("event", event.at().toInstant())
        .story(event.id(), event.type())
        .source(event.source())
        .types(Set.of(event.type()))
        .subject(event.subject())
        .build();
  }

  /** A delivery that has ended. */
  static LiveEntry end(LedgerTail.EndEntry end) {
    return new Builder("delivery", end.at().toInstant())
        .story(Long.toString(end.id()), end.type())
        .source(end.source())
        .types(Set.of(end.type()))
        .subject(end.subject())
        .destination(end.destination())
        .result(end.state().text(), ConsoleText.style(end.state()), end.reason())
        .build();
  }
}
