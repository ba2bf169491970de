package org.solarrelay.event;

/** Assigns an id to an event that a route has written as JSON without id. */
@FunctionalInterface
public interface EventIdentity {

  /**
   * The event with its id. The same message must result in the same id.
   *
   * @param event the event; its id is the message's receipt or position
   * @param time the time in the JSON; empty where the JSON has none
   * @param number 0 for an event that is not in a list; in a list 1 for the first event of its type
   *     and record, 2 for the second
   */
  Event identify(Event event, String time, int number);
}
