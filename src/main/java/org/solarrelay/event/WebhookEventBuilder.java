package org.solarrelay.event;

/**
 * Builds the event of a vendor's webhook, normalised. Its id is made of the sender's explicit id or
 * of a content key, so a webhook that is translated again gets the same event id.
 */
public final class WebhookEventBuilder {

  private final Webhook webhook;
  private final String source;
  private final EventType type;
  private final Event.Builder event;

  public WebhookEventBuilder(Webhook webhook, String source, EventType type) {
    this.webhook = webhook;
    this.source = source;
    this.type = type;
    this.event =
        Event.builder()
            .source(source)
            .type(type.id())
            .time(webhook.receivedAt())
            .receipt(webhook.receipt())
            .derivedId(true);
  }

  /** Sets the id of a webhook with an explicit id, made of the explicit id alone. */
  public WebhookEventBuilder id(String id) {
    event.id(id);
    return this;
  }

  /** Sets the key that identifies duplicates of a webhook without an explicit id, and the id. */
  public WebhookEventBuilder contentKey(ContentKey key) {
    event.contentKey(key);
    return id(EventId.of(source, key.scope(), key.content(), webhook.receipt()));
  }

  /** Sets the record's id in the source. */
  public WebhookEventBuilder subject(String subject) {
    event.subject(subject);
    return this;
  }

  /**
   * Builds the event.
   *
   * @param data the event's data, such as a {@link Lead}
   * @throws InvalidMessageException if the data breaks the schema of its type; the raw webhook then
   *     becomes the dead letter
   */
  public Event build(Object data) {
    Event normalized = event.data(EventData.write(data)).build().normalized();
    AttributeLimits.check("subject", normalized.subject());
    EventSchemas.check(type, normalized.data());
    return normalized;
  }
}
