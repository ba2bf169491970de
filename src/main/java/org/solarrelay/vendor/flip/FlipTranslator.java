package org.solarrelay.vendor.flip;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Translation;
import org.solarrelay.event.VendorEventName;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;

/**
 * Translates Flip's webhooks into events. Only the OEM API sends webhooks about enrollments, {@code
 * {"event_type", "event_object", "timestamp"}}; the Utility API sends webhooks about telemetry
 * (Flip, Webhooks).
 */
@Singleton
@Named("flipTranslator")
public class FlipTranslator {

  /** Flip's name of the event; null where the webhook has none. */
  public String eventName(Webhook webhook) {
    // "type" is the name in Standard Webhooks; the page of the Utility API shows no body
    return VendorEventName.of(new JsonFields(webhook.body()).text("event_type", "type"));
  }

  /**
   * Translates a new or changed enrollment into {@code enrollment.changed}.
   *
   * @throws InvalidMessageException where the enrollment has no id or no status
   */
  public Translation enrollmentChanged(Webhook webhook) {
    FlipEnrollment enrollment = FlipEnrollment.of(webhook.body().path("event_object"));
    String id = enrollment.id();
    if (id == null) {
      throw new InvalidMessageException("Flip's webhook has no enrollment with an id");
    }
    EnrollmentChange change = enrollment.change();
    return Translation.of(event(webhook, id, change));
  }

  private Event event(Webhook webhook, String id, EnrollmentChange change) {
    EventType type = EventType.ENROLLMENT_CHANGED;
    String webhookId = webhook.headers().get("webhook-id");
    if (webhookId != null && !webhookId.isBlank()) {
      return new WebhookEventBuilder(webhook, "flip", type)
          .id(EventId.of("flip", webhookId))
          .subject(id)
          .build(change);
    }
    String content = ContentHash.of(webhook.body());
    ContentKey key = ContentKey.of(content, "flip", eventName(webhook), id);
    return new WebhookEventBuilder(webhook, "flip", type).contentKey(key).subject(id).build(change);
  }
}
