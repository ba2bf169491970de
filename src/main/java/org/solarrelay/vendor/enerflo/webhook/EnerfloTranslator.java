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
import org.solarrelay.event.WebhookEventBuilder;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * Translates Enerflo's webhooks about customers into events. Webhooks of two versions arrive at the
 * same URL: 1.0 is flat with the event's name in {@code webhook_event}, 2.0 is {@code {"event",
 * "payload"}} (Enerflo, 1.0 and 2.0 Event Definitions).
 */
@Singleton
@Named("enerfloTranslator")
public class EnerfloTranslator {

  private static final Duration CREATION_TIME = Duration.ofMinutes(10);

  /** Enerflo's name of the event; null where the webhook has none. */
  public String eventName(Webhook webhook) {
    return VendorEventName.of(new JsonFields(webhook.body()).text("webhook_event", "event"));
  }

  /**
   * Translates a new customer into {@code lead.submitted}.
   *
   * @return the event; ignored for an empty duplicate
   * @throws InvalidMessageException if the webhook has no customer, or the customer's values break
   *     the schema
   */
  public Translation leadSubmitted(Webhook webhook) {
    return lead(EventType.LEAD_SUBMITTED, webhook);
  }

  /**
   * Whether a {@code new_customer} reports a change: Enerflo's example of {@code update_customer}
   * has {@code "webhook_event": "new_customer"} (Enerflo, Update Customer). A change more than ten
   * minutes after the creation counts as a change; earlier ones belong to the creation.
   */
  public boolean isChange(Webhook webhook) {
    JsonFields times = new JsonFields(webhook.body()).in("timestamps");
    OffsetDateTime created = EnerfloWebhookTime.time(times.text("created_at"));
    OffsetDateTime updated = EnerfloWebhookTime.time(times.text("updated_at"));
    return created != null && updated != null && updated.isAfter(created.plus(CREATION_TIME));
  }

  /**
   * Translates a changed customer into {@code lead.changed}; otherwise as {@link #leadSubmitted}.
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
      throw new InvalidMessageException("Enerflo's webhook has no customer with an id");
    }
    Lead lead =
        EnerfloWebhookCustomer.toLead(
            customer, flat ? EnerfloIds.CUSTOMER : EnerfloIds.CUSTOMER_UUID);
    if (EnerfloWebhookCustomer.isEmpty(lead)) {
      return Translation.ignored(
          "customer " + id + " has no name, e-mail, phone or address: an empty duplicate");
    }
    String content =
        ContentHash.without(flat ? body.node() : body.in("payload").node(), "webhook_event");
    ContentKey key = ContentKey.of(content, "enerflo", type.id(), id);
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", type).contentKey(key).subject(id).build(lead));
  }

  /**
   * The customer: in {@code customer} of a {@code customer.created}, in {@code current} of a {@code
   * customer.updated.v2}.
   */
  private static JsonFields customerOf(JsonFields payload) {
    JsonFields current = payload.in("current");
    return current.isObject() ? current : payload.in("customer");
  }
}
