package org.solarrelay.routes.lint;

/**
 * A problem with what found it.
 *
 * @param rule the rule's id, such as {@code kamelet-use}; routes/README.md lists them
 */
public record Finding(String rule, Level level, Problem problem) {

  static final String UNREADABLE = "unreadable";

  /** What a problem keeps from working. */
  public enum Level {
    /** The file cannot be used. */
    ERROR,
    /** The file can be used; something else is missing. */
    WARNING
  }

  public Finding(String rule, Problem problem) {
    this(rule, Level.ERROR, problem);
  }
}
