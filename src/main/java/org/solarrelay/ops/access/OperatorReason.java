package org.solarrelay.ops.access;

import java.util.Optional;

/** Reads the reason that an operator gives for an action, such as a pause. */
public final class OperatorReason {

  private static final int LONGEST = 500;
  private static final String NAME = "reason";

  private OperatorReason() {}

  /**
   * Returns the reason in one line, as logs and pages show it; empty for a blank text.
   *
   * @param text null if there is none
   * @throws ApiProblem 400 if it has more than 500 characters
   */
  public static Optional<String> line(String text) {
    return line(NAME, text);
  }

  /**
   * Returns another text of an operator as one line, such as a note.
   *
   * @param name of the text, for the error
   * @param text null if there is none
   * @throws ApiProblem 400 if it has more than 500 characters
   */
  public static Optional<String> line(String name, String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      throw invalid(name, "a text of at most %d characters");
    }
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }

  /**
   * Returns the reason of an action that requires one.
   *
   * @throws ApiProblem 400 if it is blank or has more than 500 characters
   */
  public static String required(String text) {
    return Optional.ofNullable(text)
        .filter(given -> given.length() <= LONGEST)
        .flatMap(OperatorReason::line)
        .orElseThrow(() -> invalid(NAME, "a text of 1 to %d characters"));
  }

  private static ApiProblem invalid(String name, String expected) {
    return new ApiProblem(400, "Bad Request", name + " is " + expected.formatted(LONGEST));
  }
}
