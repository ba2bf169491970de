package org.solarrelay.dryrun;

import java.util.List;
import java.util.Set;

/**
 * How a case went.
 *
 * @param problems what is not as the case expects, a line each; none where it passed
 * @param entered the ids of the routes that it was in
 */
record SpecResult(Spec spec, List<String> problems, Set<String> entered) {

  boolean passed() {
    return problems.isEmpty();
  }
}
