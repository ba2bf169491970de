package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One case of a spec file.
 *
 * @param file the path as the caller wrote it
 * @param line where the case begins, from 1
 * @param route the route under test, or {@code everything}
 * @param given the message, by its kind
 * @param settings by the names of variables or properties
 * @param answers stubs of this case, each of which must be used
 * @param fileAnswers stubs of all cases of the file
 */
record Spec(
    String file,
    int line,
    String route,
    String name,
    JsonNode given,
    Map<String, String> settings,
    Map<String, String> knownIds,
    List<StubResponse> answers,
    List<StubResponse> fileAnswers,
    boolean approved,
    Instant now,
    JsonNode expect) {

  /** The whole pipeline instead of one route. */
  static final String EVERYTHING = "everything";

  String place() {
    return file + ":" + line;
  }
}
