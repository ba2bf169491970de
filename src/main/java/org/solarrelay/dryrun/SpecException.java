package org.solarrelay.dryrun;

import java.util.List;

/** What is wrong with a file of specs or answers: one line each, with file and line number. */
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
