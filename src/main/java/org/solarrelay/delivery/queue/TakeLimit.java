package org.solarrelay.delivery.queue;

/**
 * How many bytes of events a pod may take into memory at once.
 *
 * @param bytes the limit for all events together; a large event does not count
 * @param large the size above which an event is large
 * @param takesLarge whether one large event may be taken as well
 */
public record TakeLimit(long bytes, long large, boolean takesLarge) {

  static final TakeLimit NONE = new TakeLimit(Long.MAX_VALUE, Long.MAX_VALUE, false);
}
