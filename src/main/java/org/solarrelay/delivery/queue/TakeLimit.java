package org.solarrelay.delivery.queue;

/**
 * How much a take may bring into memory, in bytes of the events' text.
 *
 * @param bytes of all events together, without a large one
 * @param large from how many bytes on an event is large
 * @param takesLarge whether one large event may come along
 */
public record TakeLimit(long bytes, long large, boolean takesLarge) {

  static final TakeLimit NONE = new TakeLimit(Long.MAX_VALUE, Long.MAX_VALUE, false);
}
