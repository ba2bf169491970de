package org.solarrelay.event;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What events that a route writes as JSON have where the JSON leaves it out.
 *
 * @param source the system that the events come from
 * @param subject the record's id in {@code source}; where it is empty, {@code data.id} is, else
 *     {@code message}
 * @param message the message that the events are made of: a receipt, or the position of a record
 * @param time when the message came
 * @param receipt of the webhook that the events are made of; empty where they are made of none
 * @param identity gives an id
 */
public record EventDefaults(
    String source,
    Optional<String> subject,
    String message,
    OffsetDateTime time,
    Optional<String> receipt,
    EventIdentity identity) {

  /** The source of the webhooks of web forms and CRMs, and that of the events made of them. */
  private static final String LEADS = "leads";

  private static final String WEB = "web";

  /**
   * Of a webhook: an event without an id is a duplicate as a vendor's webhook is one. The id is
   * made of the sender's {@code Idempotency-Key} or {@code webhook-id}; else the content counts.
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
   * Of a record of a topic: the id of an event is the position; in a list, with a part of its own
   * for each event.
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
        (event, itsTime, number) ->
            event.withId(number == 0 ? position : position + "#" + inList(event, number)));
  }

  /** The same with ids that are given otherwise. */
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

  /** Independent of the other events: an edit of the route must not give an event another's id. */
  private static String inList(Event event, int number) {
    return EventId.of(event.type(), event.subject(), String.valueOf(number));
  }
}
