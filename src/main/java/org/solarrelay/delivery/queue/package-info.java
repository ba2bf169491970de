/**
 * The queue of deliveries, which is also the ledger. PostgreSQL stores events, deliveries, attempts
 * and discarded messages; leases, pauses, replays and retention work on the same rows. The package
 * knows neither routes nor vendors.
 */
package org.solarrelay.delivery.queue;
