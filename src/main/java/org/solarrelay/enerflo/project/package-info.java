/**
 * Projects into Enerflo and out of it: which install is meant, its milestones, statuses and notes,
 * and what Enerflo has to add to an event (routes deliver-enerflo-milestones, -statuses and -notes,
 * find-install-enerflo, hydrate-enerflo).
 */
package org.solarrelay.enerflo.project;
