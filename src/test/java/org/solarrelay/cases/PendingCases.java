package org.solarrelay.cases;

import java.util.Set;

/**
 * The cases that do not hold yet. Each fix removes its ids from here; at the end the set is empty.
 */
final class PendingCases {

  static final Set<String> IDS = Set.of();

  private PendingCases() {}
}
