/**
 * The queue, which is the ledger: deliveries, events and discarded messages as rows of PostgreSQL,
 * their leases and attempts, pauses, replays, published outcomes and retention. It knows neither
 * routes nor vendors.
 */
package org.solarrelay.delivery.queue;
