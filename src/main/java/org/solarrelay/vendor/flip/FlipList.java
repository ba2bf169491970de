package org.solarrelay.vendor.flip;

import java.util.List;

/**
 * The enrollments of the program.
 *
 * @param enrollments null where the list was not requested yet
 */
public record FlipList(List<FlipEnrollment> enrollments) {

  /** The list before it was requested from Flip. */
  static final FlipList UNKNOWN = new FlipList(null);

  /** Whether the list was requested from Flip. */
  public boolean known() {
    return enrollments != null;
  }
}
