/**
 * Leads into Enerflo: add lead, Schedule Audit, and the hand-off of a person to a lead's page
 * (routes deliver-enerflo-leads and handoff-enerflo).
 */
package org.solarrelay.vendor.enerflo.lead;
