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
import org.solarrelay.event.WebhookEvent;

/**
 * Flip's webhooks as events of the relay. The Utility API announces telemetry only; enrollments are
 * announced by the OEM API, as {@code {"event_type", "event_object", "timestamp"}} (Flip,
 * Webhooks).
 */
@Singleton
@Named("flipTranslator")
public class FlipTranslator {

  /** Flip's name of the event, or null where the webhook has none. */
  public String eventName(Webhook webhook) {
    // "type" is what Standard Webhooks calls it; the Utility API's page shows no body
    return VendorEventName.of(new JsonFields(webhook.body()).text("event_type", "type"));
  }

  /**
   * An enrollment that is new or was changed in Flip, as {@code enrollment.changed}.
   *
   * @throws InvalidMessageException where the enrollment has no id or no status
   */
  public Translation enrollmentChanged(Webhook webhook) {
    FlipEnrollment enrollment = FlipEnrollment.of(webhook.body().path("event_object"));
    String id = enrollment.id();
    if (id == null) {
      throw new InvalidMessageException("Flip's webhook holds no enrollment with an id");
    }
    EnrollmentChange change = enrollment.announced();
    return Translation.of(event(webhook, id, change));
  }

  private Event event(Webhook webhook, String id, EnrollmentChange change) {
    EventType type = EventType.ENROLLMENT_CHANGED;
    String webhookId = webhook.headers().get("webhook-id");
    if (webhookId != null && !webhookId.isBlank()) {
      return WebhookEvent.withId(webhook, "flip", type, EventId.of("flip", webhookId), id, change);
    }
    String content = ContentHash.of(webhook.body());
    ContentKey key = ContentKey.of(content, "flip", eventName(webhook), id);
    return WebhookEvent.of(webhook, "flip", type, key, id, change);
  }
}
