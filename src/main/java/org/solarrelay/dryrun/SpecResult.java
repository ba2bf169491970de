package org.solarrelay.dryrun;

import java.util.List;
import java.util.Set;

/**
 * The result of one case.
 *
 * @param problems a line for each difference from what the case expects; none if it passed
 * @param enteredRoutes the ids of the routes that the message entered
 */
record SpecResult(Spec spec, List<String> problems, Set<String> enteredRoutes) {

  boolean passed() {
    return problems.isEmpty();
  }
}
