package org.solarrelay.delivery.queue;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.event.Event;

/**
 * An event and its destinations.
 *
 * @param original the record that the event was read from, byte for byte
 * @param destinations names of destinations, on or off; the steps of fan-out add to the list
 * @param derived the events that the steps of fan-out derived from it
 */
public record RoutedEvent(
    Event event,
    ConsumerRecord<byte[], byte[]> original,
    List<String> destinations,
    DerivedEvents derived) {

  void deliverTo(String destination) {
    addDestination(destinations, event, destination);
  }

  /** Adds a destination, once. An event is never delivered to its own source. */
  public static void addDestination(List<String> destinations, Event event, String destination) {
    if (!destination.equals(event.source()) && !destinations.contains(destination)) {
      destinations.add(destination);
    }
  }
}
