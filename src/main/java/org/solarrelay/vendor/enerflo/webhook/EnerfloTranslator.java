package org.solarrelay.vendor.enerflo.webhook;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Translation;
import org.solarrelay.event.VendorEventName;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEvent;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * Enerflo's webhooks as events of the relay. Two generations arrive at the same address: 1.0 is
 * flat and names its event in {@code webhook_event}, 2.0 is {@code {"event", "payload"}} (Enerflo,
 * 1.0 and 2.0 Event Definitions).
 */
@Singleton
@Named("enerfloTranslator")
public class EnerfloTranslator {

  private static final Duration STILL_NEW = Duration.ofMinutes(10);

  /** Enerflo's name of the event, or null where the webhook has none. */
  public String eventName(Webhook webhook) {
    return VendorEventName.of(new JsonFields(webhook.body()).text("webhook_event", "event"));
  }

  /**
   * A customer that is new in Enerflo, as {@code lead.submitted}.
   *
   * @return the event; or ignored, for the empty repetitions that Enerflo sends of a webhook
   * @throws InvalidMessageException where there is no customer, or none that the relay can carry
   */
  public Translation leadSubmitted(Webhook webhook) {
    return lead(EventType.LEAD_SUBMITTED, webhook);
  }

  /**
   * Whether a {@code new_customer} tells of a change: of its own example of {@code update_customer}
   * Enerflo's page says {@code "webhook_event": "new_customer"} (Enerflo, Update Customer). A
   * customer that was last changed more than ten minutes after it was created counts as changed; in
   * the minutes before, what surrounds the creation itself changes it too.
   */
  public boolean isChange(Webhook webhook) {
    JsonFields times = new JsonFields(webhook.body()).in("timestamps");
    OffsetDateTime created = EnerfloWebhookTime.time(times.text("created_at"));
    OffsetDateTime updated = EnerfloWebhookTime.time(times.text("updated_at"));
    return created != null && updated != null && updated.isAfter(created.plus(STILL_NEW));
  }

  /**
   * A customer that was changed in Enerflo, as {@code lead.changed}; otherwise as for a new one.
   */
  public Translation leadChanged(Webhook webhook) {
    return lead(EventType.LEAD_CHANGED, webhook);
  }

  private Translation lead(EventType type, Webhook webhook) {
    JsonFields body = new JsonFields(webhook.body());
    boolean flat = body.text("webhook_event") != null;
    JsonFields customer = flat ? body : customerOf(body.in("payload"));
    String id = customer.text("id");
    if (IdNormalizer.isNoId(id)) {
      throw new InvalidMessageException("Enerflo's webhook holds no customer with an id");
    }
    Lead lead =
        EnerfloWebhookCustomer.toLead(
            customer, flat ? EnerfloIds.CUSTOMER : EnerfloIds.CUSTOMER_UUID);
    if (EnerfloWebhookCustomer.saysNothing(lead)) {
      return Translation.ignored(
          "customer " + id + " has no name, e-mail, phone or address: an empty repetition");
    }
    String content =
        ContentHash.without(flat ? body.node() : body.in("payload").node(), "webhook_event");
    ContentKey key = ContentKey.of(content, "enerflo", type.id(), id);
    return Translation.of(WebhookEvent.of(webhook, "enerflo", type, key, id, lead));
  }

  /** {@code customer.created} holds the customer, {@code customer.updated.v2} its current state. */
  private static JsonFields customerOf(JsonFields payload) {
    JsonFields current = payload.in("current");
    return current.isObject() ? current : payload.in("customer");
  }
}
