package org.solarrelay.event;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Default values for events that a route writes as JSON.
 *
 * @param source the system that the events come from
 * @param subject the record's id in {@code source}; if empty, the subject is {@code data.id}, else
 *     {@code message}
 * @param message the message of the events: a receipt, or the position of a record
 * @param time when the message was received
 * @param receipt the webhook's receipt; empty if the events are not made of a webhook
 * @param identity assigns an id to an event without one
 */
public record EventDefaults(
    String source,
    Optional<String> subject,
    String message,
    OffsetDateTime time,
    Optional<String> receipt,
    EventIdentity identity) {

  /**
   * The source of the webhooks of web forms and CRMs; their events have the source {@link #WEB}.
   */
  private static final String LEADS = "leads";

  private static final String WEB = "web";

  /**
   * The defaults for a webhook. The id of an event is made of the sender's {@code Idempotency-Key}
   * or {@code webhook-id}; without them, of the content.
   */
  public static EventDefaults ofWebhook(Webhook webhook) {
    String source = webhook.source().equals(LEADS) ? WEB : webhook.source();
    return new EventDefaults(
        source,
        Optional.empty(),
        webhook.receipt(),
        webhook.receivedAt(),
        Optional.of(webhook.receipt()),
        explicitId(webhook).map(EventDefaults::explicit).orElse(EventDefaults::byContent));
  }

  /**
   * The defaults for a record of a topic. The id of an event is the record position; in a list,
   * with a suffix for each event.
   *
   * @param key the record's key
   * @param position {@code topic-partition-offset}
   */
  public static EventDefaults ofRecord(
      String source, Optional<String> key, String position, OffsetDateTime time) {
    return new EventDefaults(
        source,
        key,
        position,
        time,
        Optional.empty(),
        (event, timeInJson, number) ->
            event.withId(number == 0 ? position : position + "#" + inList(event, number)));
  }

  /** The same defaults with another assignment of ids. */
  public EventDefaults withIdentity(EventIdentity other) {
    return new EventDefaults(source, subject, message, time, receipt, other);
  }

  private static Optional<String> explicitId(Webhook webhook) {
    return Stream.of("idempotency-key", "webhook-id")
        .map(name -> webhook.headers().getOrDefault(name, "").strip())
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  private static EventIdentity explicit(String id) {
    return (event, time, number) ->
        event.withId(
            number == 0
                ? EventId.of(event.source(), id)
                : EventId.of(event.source(), id, inList(event, number)));
  }

  private static Event byContent(Event event, String time, int number) {
    String content = ContentHash.of(event.data(), time);
    ContentKey key = ContentKey.of(content, event.record(), inList(event, number));
    String id = EventId.of(event.source(), key.scope(), key.content(), event.receipt());
    return event.withId(id).withContentKey(key);
  }

  /**
   * The part of an id that distinguishes events of a list. It does not depend on the other events,
   * so that an edit of the route does not change ids.
   */
  private static String inList(Event event, int number) {
    return EventId.of(event.type(), event.subject(), String.valueOf(number));
  }
}
