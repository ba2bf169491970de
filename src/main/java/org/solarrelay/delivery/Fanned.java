package org.solarrelay.delivery;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.event.Event;

/**
 * An event and who shall hear of it.
 *
 * @param original the record it was read from, kept byte for byte
 * @param destinations names of destinations, on or off
 */
public record Fanned(
    Event event, ConsumerRecord<byte[], byte[]> original, List<String> destinations) {}
