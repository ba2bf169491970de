package org.solarrelay.dryrun;

import java.util.List;

/** A file of specs or stubs is wrong: one line per problem, with file and line number. */
public class SpecException extends RuntimeException {

  private final transient List<String> problems;

  SpecException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems;
  }

  public List<String> problems() {
    return problems;
  }
}
