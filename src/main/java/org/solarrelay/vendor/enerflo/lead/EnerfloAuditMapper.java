package org.solarrelay.vendor.enerflo.lead;

import static org.solarrelay.event.EventType.APPOINTMENT_REQUESTED;
import static org.solarrelay.event.EventType.LEAD_CHANGED;
import static org.solarrelay.event.EventType.LEAD_QUALIFIED;
import static org.solarrelay.event.EventType.LEAD_STATUS_CHANGED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.PersonName;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloPhone;

/** Maps events of leads that Enerflo has to requests to its Schedule Audit. */
@Singleton
@Named("enerfloAuditMapper")
public class EnerfloAuditMapper {

  private final EnerfloSettings settings;
  private final EnerfloCreator creator;

  @Inject
  public EnerfloAuditMapper(EnerfloSettings settings) {
    this.settings = settings;
    this.creator = new EnerfloCreator(settings.creator());
  }

  /**
   * Whether the event is sent to Schedule Audit: a changed lead, the deal of a lead that Enerflo
   * has, or an appointment without a time.
   */
  public boolean isAudit(Event event) {
    return isEdit(event) || isDealOfKnownLead(event) || isSchedulingOnly(event);
  }

  /**
   * Whether the event requests an appointment without a time, and its note is too long for a URL.
   * The route then sends the note by add lead, whose body can hold it.
   */
  public boolean isNoteTooLong(Event event) {
    return isSchedulingOnly(event) && !edit(event).fitsUrl();
  }

  /** Whether the lead is signed and still lacks the deal that is configured for signed leads. */
  public boolean isDealDue(Event event) {
    String status = new JsonFields(event.data()).text("status");
    return LEAD_STATUS_CHANGED.id().equals(event.type())
        && settings.dealTypeWhenSigned().isPresent()
        && "signed".equalsIgnoreCase(status)
        && !EnerfloIds.has(event, EnerfloIds.SIGNED_DEAL);
  }

  /**
   * The request with the customer's fields of the event, and with a deal or an appointment if the
   * event requests one. A note that is too long for a URL is left out.
   *
   * @throws PermanentFailureException if neither the event nor ENERFLO_CREATOR names a creator
   */
  public EnerfloAudit audit(Event event) {
    if (isSchedulingOnly(event)) {
      return scheduling(event);
    }
    return isDealOfKnownLead(event) ? deal(event) : edit(event);
  }

  /** The request that creates a deal and changes nothing else. */
  public EnerfloAudit signedDeal(Event event) {
    Lead empty = EventData.read(JsonNodeFactory.instance.objectNode(), Lead.class);
    return audit(event, empty, settings.dealTypeWhenSigned().getAsInt(), null);
  }

  /**
   * Whether the event changes a lead, names a creator and fits into a URL. Otherwise add lead is
   * used: it needs no creator, and its body holds texts of any length.
   */
  private boolean isEdit(Event event) {
    return LEAD_CHANGED.id().equals(event.type())
        && creator.isNamed(event)
        && edit(event).fitsUrl();
  }

  /**
   * Whether the event requests a deal for a known lead, names a creator and fits into a URL. Files
   * and long texts are sent by add lead.
   */
  private boolean isDealOfKnownLead(Event event) {
    return LEAD_QUALIFIED.id().equals(event.type())
        && creator.isNamed(event)
        && EnerfloIds.has(event, EnerfloIds.RECORD_ID)
        && event.data().path("surveyFiles").isEmpty()
        && edit(event).fitsUrl();
  }

  private static boolean isSchedulingOnly(Event event) {
    JsonFields appointment = new JsonFields(event.data()).in("appointment");
    return APPOINTMENT_REQUESTED.id().equals(event.type())
        && appointment.text("type") != null
        && appointment.text("startsAt") == null;
  }

  private EnerfloAudit edit(Event event) {
    return audit(event, null, null);
  }

  private EnerfloAudit deal(Event event) {
    Lead lead = EventData.read(event, Lead.class);
    return audit(
        event, EnerfloLeadAddOns.qualifiedDealType(lead, settings.dealTypeWhenSigned()), null);
  }

  private EnerfloAudit scheduling(Event event) {
    EnerfloAudit audit = audit(event, null, EventData.read(event, Lead.class).appointment().type());
    return audit.fitsUrl() ? audit : audit.withoutNote();
  }

  private EnerfloAudit audit(Event event, Integer dealType, Integer template) {
    return audit(event, EventData.read(event, Lead.class), dealType, template);
  }

  private EnerfloAudit audit(Event event, Lead lead, Integer dealType, Integer template) {
    EnerfloAuditAddress address = EnerfloAuditAddress.of(lead.address());
    PersonName name = lead.personName();
    boolean skipValidation = Boolean.TRUE.equals(lead.skipValidation()) || address.isEmpty();
    return new EnerfloAudit(
        creator.of(event),
        lead.owner(),
        settings.recordId().of(event),
        dealType,
        template,
        lead.note(),
        name.first(),
        name.last(),
        lead.email(),
        EnerfloPhone.mobile(lead, settings.region()),
        address.lat(),
        address.lng(),
        address.street(),
        address.unit(),
        address.city(),
        address.state(),
        address.zip(),
        address.county(),
        skipValidation ? 1 : null,
        lead.smsOptIn());
  }
}
