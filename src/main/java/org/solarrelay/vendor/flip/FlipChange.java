package org.solarrelay.vendor.flip;

/**
 * The change of an enrollment that an event requests.
 *
 * @param transition null for an event that requests no change
 * @param update the request to Flip; null for an event that requests no change
 * @param reasonGiven whether the event holds the reason in {@code update}
 * @param needsApproval whether an operator has to approve the change first
 * @param nothing the reason why the event requests no change, for people; else null
 */
public record FlipChange(
    FlipTransition transition,
    FlipUpdate update,
    boolean reasonGiven,
    boolean needsApproval,
    String nothing) {

  /** Whether the event requests no change. */
  public boolean isEmpty() {
    return nothing != null;
  }

  static FlipChange of(
      FlipTransition transition, FlipUpdate update, boolean reasonGiven, boolean needsApproval) {
    return new FlipChange(transition, update, reasonGiven, needsApproval, null);
  }

  /** No change, for this reason. */
  static FlipChange nothing(String why) {
    return new FlipChange(null, null, false, false, why);
  }
}
