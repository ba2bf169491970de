package org.solarrelay.event;

/**
 * The event from which fan-out derived another one.
 *
 * @param source of the causing event
 * @param id of the causing event
 * @param generation 1 for an event that is derived from one of a system, 2 for one that is derived
 *     from such an event
 */
public record Causation(String source, String id, int generation) {

  /** How many generations of derived events there may be. */
  public static final int LAST_GENERATION = 3;

  /** The causation of an event that is derived from this one. */
  static Causation by(Event parent, String parentId) {
    return new Causation(parent.source(), parentId, parent.generation() + 1);
  }
}
