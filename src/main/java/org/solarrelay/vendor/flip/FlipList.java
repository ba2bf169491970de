package org.solarrelay.vendor.flip;

import java.util.List;

/**
 * The enrollments of the program.
 *
 * @param enrollments null where they are yet to be asked for
 */
public record FlipList(List<FlipEnrollment> enrollments) {

  static final FlipList UNKNOWN = new FlipList(null);

  public boolean known() {
    return enrollments != null;
  }
}
