package org.solarrelay.vendor.enerflo.lead;

import static org.solarrelay.event.EventType.APPOINTMENT_REQUESTED;
import static org.solarrelay.event.EventType.LEAD_CHANGED;
import static org.solarrelay.event.EventType.LEAD_QUALIFIED;
import static org.solarrelay.event.EventType.LEAD_STATUS_CHANGED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
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

  @Inject
  public EnerfloAuditMapper(EnerfloSettings settings) {
    this.settings = settings;
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
    return audit(event, empty).dealType(settings.dealTypeWhenSigned().getAsInt()).build();
  }

  /**
   * Whether the event changes a lead, names a creator and fits into a URL. Otherwise add lead is
   * used: it needs no creator, and its body holds texts of any length.
   */
  private boolean isEdit(Event event) {
    return LEAD_CHANGED.id().equals(event.type())
        && creator(event).isPresent()
        && edit(event).fitsUrl();
  }

  /**
   * Whether the event requests a deal for a known lead, names a creator and fits into a URL. Files
   * and long texts are sent by add lead.
   */
  private boolean isDealOfKnownLead(Event event) {
    return LEAD_QUALIFIED.id().equals(event.type())
        && creator(event).isPresent()
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
    return audit(event, lead(event)).build();
  }

  private EnerfloAudit deal(Event event) {
    Lead lead = lead(event);
    return audit(event, lead)
        .dealType(EnerfloLeadAddOns.qualifiedDealType(lead, settings.dealTypeWhenSigned()))
        .build();
  }

  private EnerfloAudit scheduling(Event event) {
    Lead lead = lead(event);
    EnerfloAudit.Builder audit = audit(event, lead).template(lead.appointment().type());
    EnerfloAudit whole = audit.build();
    return whole.fitsUrl() ? whole : audit.withoutNote().build();
  }

  /** The e-mail address of the Enerflo user in whose name the request is made. */
  private Optional<String> creator(Event event) {
    String named = new JsonFields(event.data()).text("creator");
    return named == null ? settings.creator() : Optional.of(named);
  }

  private String requiredCreator(Event event) {
    return creator(event)
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    "Enerflo's Schedule Audit requires creator, an Enerflo user's e-mail address;"
                        + " or set ENERFLO_CREATOR"));
  }

  private static Lead lead(Event event) {
    return EventData.read(event, Lead.class);
  }

  /** The customer's fields of the event, without a deal and an appointment. */
  private EnerfloAudit.Builder audit(Event event, Lead lead) {
    EnerfloAuditAddress address = EnerfloAuditAddress.of(lead.address());
    PersonName name = lead.personName();
    boolean skipValidation = Boolean.TRUE.equals(lead.skipValidation()) || address.isEmpty();
    return EnerfloAudit.builder()
        .creator(requiredCreator(event))
        .owner(lead.owner())
        .recordId(settings.recordId().of(event))
        .note(lead.note())
        .firstName(name.first())
        .lastName(name.last())
        .email(lead.email())
        .mobile(EnerfloPhone.mobile(lead, settings.region()))
        .lat(address.lat())
        .lng(address.lng())
        .street(address.street())
        .unit(address.unit())
        .city(address.city())
        .state(address.state())
        .zip(address.zip())
        .county(address.county())
        .ignoreValidation(skipValidation ? 1 : null)
        .smsOptIn(lead.smsOptIn());
  }
}
