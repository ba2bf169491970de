package org.solarrelay.vendor.enerflo.lead;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;
import org.solarrelay.vendor.enerflo.EnerfloPhone;

/** Events as requests to Enerflo, in the field names of the Enerflo Leads API. */
@Singleton
@Named("enerfloMapper")
public class EnerfloMapper {

  private final EnerfloSettings settings;

  @Inject
  public EnerfloMapper(EnerfloSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether Enerflo has the lead without an integration_record_id, by which alone the Leads API
   * knows leads: the lead was born in Enerflo, and adding it would create a second one.
   */
  public boolean isUnknownToLeadsApi(Event event) {
    return EnerfloRecordId.isMissing(event);
  }

  /**
   * The add lead request for any event of a lead. Deals, files and appointments go out only with
   * the events that ask for them, because Enerflo would add another one each time.
   *
   * @throws org.solarrelay.delivery.PermanentFailureException naming the fields Enerflo requires
   *     and the event lacks
   */
  public EnerfloLeadRequest addLead(Event event) {
    Lead lead = EventData.read(event, Lead.class);
    Integer deal = EnerfloLeadAddOns.dealType(event.type(), lead, settings.dealTypeWhenSigned());
    return new EnerfloLeadRequest(
        lead(event, lead, deal),
        EnerfloLeadAddOns.surveyData(event.type(), lead),
        EnerfloLeadAddOns.appointment(event.type(), lead));
  }

  /** The add lead request that adds the note of an event to a lead, and changes nothing else. */
  public EnerfloLeadRequest addNote(Event event) {
    ObjectNode note = event.data().deepCopy();
    note.retain("ids", "note", "creator");
    Lead lead = EventData.read(note, Lead.class);
    return new EnerfloLeadRequest(lead(event.withData(note), lead, null), null, null);
  }

  private EnerfloLeadRequest.Lead lead(Event event, Lead lead, Integer deal) {
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
        deal,
        lead.office(),
        lead.note(),
        skipValidation ? 1 : null);
  }
}
