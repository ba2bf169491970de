package org.solarrelay.delivery.queue;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.event.Event;

/**
 * An event and where it is to be delivered.
 *
 * @param original the record it was read from, kept byte for byte
 * @param destinations names of destinations, on or off; the steps of fan-out add to it
 * @param derived the events that the steps of fan-out made of it
 */
public record RoutedEvent(
    Event event,
    ConsumerRecord<byte[], byte[]> original,
    List<String> destinations,
    DerivedEvents derived) {

  void deliverTo(String destination) {
    addDestination(destinations, event, destination);
  }

  /**
   * Adds a destination of an event to others, once. An event is never delivered to the system that
   * it comes from.
   */
  public static void addDestination(List<String> destinations, Event event, String destination) {
    if (!destination.equals(event.source()) && !destinations.contains(destination)) {
      destinations.add(destination);
    }
  }
}
