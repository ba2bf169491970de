package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import org.solarrelay.routes.lint.Problem;

/**
 * The problems of a change.
 *
 * @param rejected problems, by the file that is rejected
 * @param warned failing specs, by the file that is in force
 */
record FileFindings(Map<String, List<Problem>> rejected, Map<String, List<Problem>> warned) {

  static final FileFindings NONE = new FileFindings(Map.of(), Map.of());
}
