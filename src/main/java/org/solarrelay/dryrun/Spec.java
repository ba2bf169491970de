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

  /** Starts a case that begins in a line of a file. */
  static Builder builder(String file, int line) {
    return new Builder(file, line);
  }

  /** Sets the parts of a case by their names. */
  static final class Builder {

    private final String file;
    private final int line;
    private String route;
    private String name;
    private JsonNode given;
    private Map<String, String> settings;
    private Map<String, String> knownIds;
    private List<StubResponse> answers;
    private List<StubResponse> fileAnswers;
    private boolean approved;
    private Instant now;
    private JsonNode expect;

    private Builder(String file, int line) {
      this.file = file;
      this.line = line;
    }

    Builder route(String route) {
      this.route = route;
      return this;
    }

    Builder name(String name) {
      this.name = name;
      return this;
    }

    Builder given(JsonNode given) {
      this.given = given;
      return this;
    }

    Builder settings(Map<String, String> settings) {
      this.settings = settings;
      return this;
    }

    Builder knownIds(Map<String, String> knownIds) {
      this.knownIds = knownIds;
      return this;
    }

    Builder answers(List<StubResponse> answers) {
      this.answers = answers;
      return this;
    }

    Builder fileAnswers(List<StubResponse> fileAnswers) {
      this.fileAnswers = fileAnswers;
      return this;
    }

    Builder approved(boolean approved) {
      this.approved = approved;
      return this;
    }

    Builder now(Instant now) {
      this.now = now;
      return this;
    }

    Builder expect(JsonNode expect) {
      this.expect = expect;
      return this;
    }

    Spec build() {
      return new Spec(
          file,
          line,
          route,
          name,
          given,
          settings,
          knownIds,
          answers,
          fileAnswers,
          approved,
          now,
          expect);
    }
  }
}
