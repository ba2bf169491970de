package org.solarrelay.vendor.enerflo.lead;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;
import org.solarrelay.vendor.enerflo.EnerfloPhone;

/** Maps events to add lead requests, with the field names of the Enerflo Leads API. */
@Singleton
@Named("enerfloMapper")
public class EnerfloMapper {

  private final EnerfloSettings settings;

  @Inject
  public EnerfloMapper(EnerfloSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether the lead was created in Enerflo and has no integration_record_id there. The Leads API
   * finds leads by that id only, so adding the lead would create a second one.
   */
  public boolean isUnknownToLeadsApi(Event event) {
    return EnerfloRecordId.isMissing(event);
  }

  /**
   * The add lead request for an event of a lead. Deals, files and appointments are sent only for
   * events that request them, because Enerflo adds another one with each request.
   *
   * @throws org.solarrelay.delivery.PermanentFailureException if the event lacks fields that
   *     Enerflo requires; the text names them
   */
  public EnerfloLeadRequest addLead(Event event) {
    Lead lead = EventData.read(event, Lead.class);
    Optional<Integer> deal =
        EnerfloLeadAddOns.dealType(event.type(), lead, settings.dealTypeWhenSigned());
    return new EnerfloLeadRequest(
        lead(event, lead, deal),
        EnerfloLeadAddOns.surveyData(event.type(), lead),
        EnerfloLeadAddOns.appointment(event.type(), lead));
  }

  /** The add lead request that adds the event's note to a lead and changes nothing else. */
  public EnerfloLeadRequest addNote(Event event) {
    ObjectNode note = event.data().deepCopy();
    note.retain("ids", "note", "creator");
    Lead lead = EventData.read(note, Lead.class);
    return EnerfloLeadRequest.ofLead(lead(event.withData(note), lead, Optional.empty()));
  }

  private EnerfloLeadRequest.Lead lead(Event event, Lead lead, Optional<Integer> deal) {
    EnerfloAddress address = EnerfloAddress.of(lead.address());
    boolean skipValidation = Boolean.TRUE.equals(lead.skipValidation()) || address.isEmpty();
    return new EnerfloLeadRequest.Lead(
        settings.recordId().of(event),
        lead.firstName(),
        lead.lastName(),
        lead.fullName(),
        address.full(),
        address.street(),
        address.city(),
        address.state(),
        address.zip(),
        lead.email(),
        EnerfloPhone.mobile(lead, settings.region()),
        lead.creator() == null ? settings.creator().orElse(null) : lead.creator(),
        lead.owner(),
        lead.setter(),
        lead.status(),
        lead.source(),
        deal.orElse(null),
        lead.office(),
        lead.note(),
        skipValidation ? 1 : null);
  }
}
