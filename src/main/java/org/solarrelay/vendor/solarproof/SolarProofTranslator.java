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
import org.solarrelay.event.WebhookEvent;
import org.solarrelay.event.normal.IdNormalizer;

/**
 * Solar Proof's webhooks as events of the relay. A body is one customer or an array of customers,
 * and does not name its event: the URL it was sent to does (Solar Proof, Webhook Events Reference).
 */
@Singleton
@Named("solarProofTranslator")
public class SolarProofTranslator {

  private static final int REASONS_TOLD = 3;

  /** The event that the URL names, or null where it names none. */
  public String eventName(Webhook webhook) {
    return VendorEventName.of(webhook.event());
  }

  /**
   * Customers that are new in Solar Proof, each as a {@code lead.submitted}.
   *
   * @return an event for each customer, and what is wrong with the others
   * @throws InvalidMessageException where none of them can be used
   */
  public Translation leadSubmitted(Webhook webhook) {
    return leads(EventType.LEAD_SUBMITTED, webhook);
  }

  /**
   * Customers whose status was changed in Solar Proof, each as a {@code lead.status-changed};
   * otherwise as for new ones.
   */
  public Translation leadStatusChanged(Webhook webhook) {
    return leads(EventType.LEAD_STATUS_CHANGED, webhook);
  }

  private static Translation leads(EventType type, Webhook webhook) {
    JsonNode body = new JsonFields(webhook.body()).node();
    Iterable<JsonNode> customers = body.isArray() ? body : List.of(body);
    List<Event> events = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (JsonNode customer : customers) {
      try {
        events.add(lead(type, webhook, new JsonFields(customer)));
      } catch (InvalidMessageException e) {
        unusable.add(e.getMessage());
      }
    }
    if (events.isEmpty() && unusable.isEmpty()) {
      return Translation.ignored("Solar Proof's webhook is an empty array");
    }
    if (events.isEmpty()) {
      throw new InvalidMessageException(told(unusable));
    }
    return new Translation(events, unusable.isEmpty() ? null : told(unusable));
  }

  private static Event lead(EventType type, Webhook webhook, JsonFields customer) {
    String id = SolarProofWebhookCustomer.id(customer);
    if (IdNormalizer.isNoId(id)) {
      throw new InvalidMessageException("a customer of Solar Proof's webhook has no id");
    }
    ContentKey key = ContentKey.of(ContentHash.of(customer.node()), "solarproof", type.id(), id);
    try {
      return WebhookEvent.of(
          webhook, "solarproof", type, key, id, SolarProofWebhookCustomer.toLead(customer));
    } catch (InvalidMessageException e) {
      throw new InvalidMessageException("customer " + id + ": " + e.getMessage());
    }
  }

  private static String told(List<String> unusable) {
    String first = String.join("; ", unusable.subList(0, Math.min(REASONS_TOLD, unusable.size())));
    int more = unusable.size() - REASONS_TOLD;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
