package org.solarrelay.event;

/** Gives an id to an event that a route has written as JSON without one. */
@FunctionalInterface
public interface EventIdentity {

  /**
   * The event with its id. The same message, read again, has to make the same id.
   *
   * @param event whose id names the message that it is made of
   * @param time as the JSON says it, empty where the JSON says none
   * @param number 0 for an event that is not in a list; in a list 1 for the first event of its type
   *     and record, 2 for the second
   */
  Event identify(Event event, String time, int number);
}
