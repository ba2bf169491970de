/**
 * Kafka clients of the relay: connections and logins, the producer of all records except intake's,
 * the search for a receipt, and the creation of missing topics.
 */
package org.solarrelay.topic.client;
