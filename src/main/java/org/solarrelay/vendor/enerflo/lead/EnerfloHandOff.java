package org.solarrelay.vendor.enerflo.lead;

/**
 * Where in Enerflo a person wants to go.
 *
 * @param recordId the integration_record_id of the lead
 * @param known whether the relay knows that Enerflo has the lead, which then needs no address again
 * @param to profile, scheduling or deal
 * @param calendarId the number of the appointment template to schedule, or null
 * @param createDeal the deal type to create a deal from, or null
 */
public record EnerfloHandOff(
    String recordId, boolean known, String to, Integer calendarId, Integer createDeal) {}
