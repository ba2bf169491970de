package org.solarrelay.routes.lint;

import java.util.Locale;

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
    WARNING;

    /** As SARIF writes it: {@code error}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding(String rule, Problem problem) {
    this(rule, Level.ERROR, problem);
  }
}
