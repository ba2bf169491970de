/**
 * The Kafka clients that the relay creates: connections and logins, the producer of all records
 * beside intake's, the search for a receipt, and the creation of missing topics.
 */
package org.solarrelay.topic.client;
