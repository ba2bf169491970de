package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Translation;
import org.solarrelay.event.VendorEventName;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;
import org.solarrelay.event.normal.IdNormalizer;

/**
 * Translates Solar Proof's webhooks into events. A body is a customer or an array of customers. The
 * URL names the event; the body does not (Solar Proof, Webhook Events Reference).
 */
@Singleton
@Named("solarProofTranslator")
public class SolarProofTranslator {

  private static final int MAX_REASONS = 3;

  /** Solar Proof's name of the event, from the URL; null where the URL has none. */
  public String eventName(Webhook webhook) {
    return VendorEventName.of(webhook.event());
  }

  /**
   * Translates each new customer into a {@code lead.submitted}.
   *
   * @return an event for each valid customer, and the reasons why others are invalid
   * @throws InvalidMessageException if no customer is valid
   */
  public Translation leadSubmitted(Webhook webhook) {
    return leads(EventType.LEAD_SUBMITTED, webhook);
  }

  /**
   * Translates each customer with a changed status into a {@code lead.status-changed}; otherwise as
   * {@link #leadSubmitted}.
   */
  public Translation leadStatusChanged(Webhook webhook) {
    return leads(EventType.LEAD_STATUS_CHANGED, webhook);
  }

  private static Translation leads(EventType type, Webhook webhook) {
    JsonNode body = new JsonFields(webhook.body()).node();
    Iterable<JsonNode> customers = body.isArray() ? body : List.of(body);
    List<Event> events = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (JsonNode customer : customers) {
      try {
        events.add(lead(type, webhook, new JsonFields(customer)));
      } catch (InvalidMessageException e) {
        invalid.add(e.getMessage());
      }
    }
    if (events.isEmpty() && invalid.isEmpty()) {
      return Translation.ignored("Solar Proof's webhook is an empty array");
    }
    if (events.isEmpty()) {
      throw new InvalidMessageException(summary(invalid));
    }
    return new Translation(events, invalid.isEmpty() ? null : summary(invalid));
  }

  private static Event lead(EventType type, Webhook webhook, JsonFields customer) {
    String id = SolarProofWebhookCustomer.id(customer);
    if (IdNormalizer.isNoId(id)) {
      throw new InvalidMessageException("a customer of Solar Proof's webhook has no id");
    }
    ContentKey key = ContentKey.of(ContentHash.of(customer.node()), "solarproof", type.id(), id);
    try {
      return new WebhookEventBuilder(webhook, "solarproof", type)
          .contentKey(key)
          .subject(id)
          .build(SolarProofWebhookCustomer.toLead(customer));
    } catch (InvalidMessageException e) {
      throw new InvalidMessageException("customer " + id + ": " + e.getMessage());
    }
  }

  private static String summary(List<String> invalid) {
    String first = String.join("; ", invalid.subList(0, Math.min(MAX_REASONS, invalid.size())));
    int more = invalid.size() - MAX_REASONS;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
