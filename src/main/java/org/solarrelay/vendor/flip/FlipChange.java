package org.solarrelay.vendor.flip;

/**
 * What an event asks of an enrollment.
 *
 * @param transition null where it asks nothing
 * @param update what to send, unless the enrollment stands against it; null where it asks nothing
 * @param reasonGiven whether the event itself gives the reason in {@code update}
 * @param needsApproval whether the operator has to allow this first
 * @param nothing why it asks nothing, for people; else null
 */
public record FlipChange(
    FlipTransition transition,
    FlipUpdate update,
    boolean reasonGiven,
    boolean needsApproval,
    String nothing) {

  /** Whether the event asks nothing of any enrollment. */
  public boolean isEmpty() {
    return nothing != null;
  }

  static FlipChange nothing(String why) {
    return new FlipChange(null, null, false, false, why);
  }
}
