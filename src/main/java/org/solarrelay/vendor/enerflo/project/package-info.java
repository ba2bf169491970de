/**
 * Delivers milestones, statuses and notes of projects to Enerflo, and enriches events of projects
 * from Enerflo (routes deliver-enerflo-milestones, -statuses and -notes, find-install-enerflo,
 * enrich-from-enerflo).
 */
package org.solarrelay.vendor.enerflo.project;
