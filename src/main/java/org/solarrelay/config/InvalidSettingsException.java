package org.solarrelay.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Settings that cannot be used. The message names them without their values. */
public final class InvalidSettingsException extends RuntimeException {

  private static final Pattern NAME = Pattern.compile("relay\\.[a-z][a-z0-9.\"-]*[a-z0-9\"]");

  private InvalidSettingsException(String message) {
    // no cause: its text quotes values
    super(message, null, false, false);
  }

  /**
   * For a mapping that failed.
   *
   * @param failure of a mapping; its text may name settings and quote their values
   * @param known the names of all settings: nothing else of the text is shown
   */
  public static InvalidSettingsException of(RuntimeException failure, Set<String> known) {
    String text = String.valueOf(failure.getMessage());
    Set<String> names = new TreeSet<>();
    NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(known::contains)
        .forEach(names::add);
    return new InvalidSettingsException(
        names.isEmpty()
            ? "a value is not valid"
            : "the value of %s is not valid".formatted(String.join(", ", names)));
  }
}
