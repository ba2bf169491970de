package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.EventNormalizer;
import org.solarrelay.identity.echo.LeadFingerprint;
import org.solarrelay.vendor.reconcile.ListedPart.Trait;

/**
 * The parts of a customer in a vendor's list: the person, and the status. The same mapper and the
 * same normalisation as for webhooks make their events.
 *
 * @param creation the event of the creation has all values
 * @param parts the person and, if there is one, the status
 */
public record LeadParts(ListedPart creation, List<ListedPart> parts) {

  /**
   * How a vendor's status of leads behaves.
   *
   * @param type the type of the event of a changed status
   * @param initial whether the vendor itself sets this status for new customers
   * @param written whether the relay's writes set the status
   */
  public record StatusRule(EventType type, boolean initial, boolean written) {}

  /**
   * The parts of a customer.
   *
   * @param rule of the customer's status
   * @return empty for a customer without name, e-mail address, phone number and address
   */
  public static Optional<LeadParts> of(String vendor, String id, Lead lead, StatusRule rule) {
    ObjectNode all = normalized(vendor, EventType.LEAD_SUBMITTED, lead);
    boolean withStatus = rule.type() == EventType.LEAD_CHANGED;
    ObjectNode person = withStatus ? all : all.deepCopy().without("status");
    String status = all.path("status").asText("");
    String fingerprint = LeadFingerprint.of(EventData.read(all, Lead.class));
    if (fingerprint.isEmpty()) {
      return Optional.empty();
    }
    List<ListedPart> parts = new ArrayList<>();
    parts.add(
        ListedPart.of("person", MissedChange.CHANGED, EventType.LEAD_CHANGED)
            .data(person)
            .value(fingerprint)
            .scope(id)
            .traits(
                withStatus
                    ? new Trait[] {Trait.IN_CREATION, Trait.WITH_STATUS}
                    : new Trait[] {Trait.IN_CREATION})
            .build());
    if (!status.isEmpty()) {
      parts.add(
          ListedPart.of("status", MissedChange.STATUS, rule.type())
              .data(all)
              .value(status)
              .scope(id)
              .traits(traits(rule))
              .build());
    }
    ListedPart creation =
        ListedPart.of("creation", MissedChange.CREATED, EventType.LEAD_SUBMITTED)
            .data(all)
            .value(fingerprint)
            .scope(id)
            .build();
    return Optional.of(new LeadParts(creation, parts));
  }

  private static Trait[] traits(StatusRule rule) {
    List<Trait> traits = new ArrayList<>(List.of(Trait.LEAD_STATUS, Trait.IN_CREATION));
    if (rule.initial()) {
      traits.add(Trait.INITIAL);
    }
    if (rule.written()) {
      traits.add(Trait.WRITTEN);
    }
    return traits.toArray(Trait[]::new);
  }

  /** An event's data as a webhook's event has it. */
  public static ObjectNode normalized(String vendor, EventType type, Object data) {
    return EventNormalizer.normalize(type.id(), vendor, EventData.write(data)).data();
  }
}
