package org.solarrelay.routes;

import java.util.List;
import java.util.Map;
import org.solarrelay.routes.lint.Problem;

/**
 * What is wrong with the files of a change.
 *
 * @param rejected by the file that did not come into force
 * @param warned failing specs, by the file that did
 */
record FileFindings(Map<String, List<Problem>> rejected, Map<String, List<Problem>> warned) {

  static final FileFindings NONE = new FileFindings(Map.of(), Map.of());
}
