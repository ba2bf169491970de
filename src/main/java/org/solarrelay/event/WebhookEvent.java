package org.solarrelay.event;

/** The event that a vendor's webhook announces, where the vendor gives it no id of its own. */
public final class WebhookEvent {

  private WebhookEvent() {}

  /**
   * The event, its values normalised.
   *
   * @param id derived from the webhook's content
   * @param record what becomes the event's data, such as a {@link Lead}
   * @throws InvalidMessageException where the data breaks the schema of its type: here the raw
   *     webhook can still become the dead letter
   */
  public static Event of(
      Webhook webhook, String source, EventType type, String id, String subject, Object record) {
    Event event =
        new Event(
                id,
                source,
                type.id(),
                subject,
                webhook.receivedAt(),
                webhook.receipt(),
                true,
                EventData.write(record))
            .normalized();
    EventText.check("subject", event.subject());
    EventSchemas.check(type, event.data());
    return event;
  }
}
