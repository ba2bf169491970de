package org.solarrelay.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Settings are invalid. The message names them without their values. */
public final class InvalidSettingsException extends RuntimeException {

  private static final Pattern NAME = Pattern.compile("relay\\.[a-z][a-z0-9.\"-]*[a-z0-9\"]");

  private InvalidSettingsException(String message) {
    // no cause, because its message quotes values
    super(message, null, false, false);
  }

  /**
   * Describes a failed mapping.
   *
   * @param failure the failure; its message may name settings and quote values
   * @param known the names of all settings; only these may appear in the new message
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
