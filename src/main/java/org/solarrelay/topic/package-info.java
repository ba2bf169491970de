/**
 * The component {@code topic:}. Its consumer processes a batch of Kafka records as one unit of
 * work; its producer appends events and messages to topics.
 */
package org.solarrelay.topic;
