package org.solarrelay.routes.lint;

import java.util.Locale;

/**
 * A problem and the rule that found it.
 *
 * @param rule the rule's id, such as {@code kamelet-use}; routes/README.md lists them
 */
public record Finding(String rule, Level level, Problem problem) {

  static final String UNREADABLE = "unreadable";

  /** The severity of a problem. */
  public enum Level {
    /** The file cannot be used. */
    ERROR,
    /** The file can be used, but something else is missing. */
    WARNING;

    /** The level in SARIF, such as {@code error}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding(String rule, Problem problem) {
    this(rule, Level.ERROR, problem);
  }
}
