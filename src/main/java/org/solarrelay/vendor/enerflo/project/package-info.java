/**
 * Projects into Enerflo and out of it: which install is meant, its milestones, statuses and notes,
 * and what Enerflo adds to an event (routes deliver-enerflo-milestones, -statuses and -notes,
 * find-install-enerflo, enrich-from-enerflo).
 */
package org.solarrelay.vendor.enerflo.project;
