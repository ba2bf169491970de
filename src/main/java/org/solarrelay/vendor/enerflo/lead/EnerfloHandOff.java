package org.solarrelay.vendor.enerflo.lead;

/**
 * A request for a lead's page in Enerflo.
 *
 * @param recordId the integration_record_id of the lead
 * @param known whether Enerflo has the lead; then Enerflo requires no address
 * @param to the page: profile, scheduling or deal
 * @param calendarId the number of the appointment template to schedule; null for none
 * @param createDeal the deal type from which Enerflo creates a deal; null for none
 */
public record EnerfloHandOff(
    String recordId, boolean known, String to, Integer calendarId, Integer createDeal) {}
