package org.solarrelay.event;

import java.util.List;

/** Makes an event of a vendor's webhook. */
public final class WebhookEvent {

  private WebhookEvent() {}

  /**
   * The event of a webhook without an explicit id, normalised. The same webhook always has the same
   * event id.
   *
   * @param key identifies duplicates of the webhook
   * @param record the event's data, such as a {@link Lead}
   * @throws InvalidMessageException if the data breaks the schema of its type; the raw webhook then
   *     becomes the dead letter
   */
  public static Event of(
      Webhook webhook,
      String source,
      EventType type,
      ContentKey key,
      String subject,
      Object record) {
    String id = EventId.of(source, key.scope(), key.content(), webhook.receipt());
    return checked(webhook, source, type, id, key, subject, record);
  }

  /**
   * The event of a webhook with an explicit id.
   *
   * @param id made of the explicit id alone
   * @throws InvalidMessageException as {@link #of}
   */
  public static Event withId(
      Webhook webhook, String source, EventType type, String id, String subject, Object record) {
    return checked(webhook, source, type, id, null, subject, record);
  }

  private static Event checked(
      Webhook webhook,
      String source,
      EventType type,
      String id,
      ContentKey key,
      String subject,
      Object record) {
    Event event =
        new Event(
                id,
                source,
                type.id(),
                subject,
                webhook.receivedAt(),
                webhook.receipt(),
                true,
                key,
                EventData.write(record),
                List.of())
            .normalized();
    AttributeLimits.check("subject", event.subject());
    EventSchemas.check(type, event.data());
    return event;
  }
}
