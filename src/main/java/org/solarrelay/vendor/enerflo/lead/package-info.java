/**
 * Delivers leads to Enerflo by add lead and Schedule Audit, and redirects operators to a lead's
 * page (routes deliver-enerflo-leads and handoff-enerflo).
 */
package org.solarrelay.vendor.enerflo.lead;
