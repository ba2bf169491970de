package org.solarrelay.mapping.jq;

/**
 * A name in an expression that is unknown or forbidden.
 *
 * @param name as written in the expression, such as {@code $ENV} or {@code phon/1}
 */
public record JqRefusal(Kind kind, String name) {

  /** The reason. */
  public enum Kind {
    ENVIRONMENT("jq has no environment here", "variable(\"name\") reads a variable of the route"),
    INPUT("jq has no further input here", "The body is the only input: ."),
    FILE("jq reads no files here", "Define functions in the expression: def name: …;"),
    UNKNOWN("there is no such jq function", "docs/jq.md lists the functions");

    private final String problem;
    private final String fix;

    Kind(String problem, String fix) {
      this.problem = problem;
      this.fix = fix;
    }

    public String problem() {
      return problem;
    }

    /** The fix. */
    public String fix() {
      return fix;
    }
  }

  public String problem() {
    return "%s: %s".formatted(kind.problem, name);
  }
}
