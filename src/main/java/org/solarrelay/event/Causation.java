package org.solarrelay.event;

/**
 * The event from which fan-out derived another one.
 *
 * @param source of the causing event
 * @param id of the causing event
 * @param generation 1 for an event that is derived from an event of a system, 2 for an event that
 *     is derived from an event of generation 1
 */
public record Causation(String source, String id, int generation) {

  /** The maximum number of generations. */
  public static final int LAST_GENERATION = 3;

  /** The causation of an event that is derived from this one. */
  static Causation by(Event parent, String parentId) {
    return new Causation(parent.source(), parentId, parent.generation() + 1);
  }
}
