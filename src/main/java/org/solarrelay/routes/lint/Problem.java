package org.solarrelay.routes.lint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;

/**
 * Something wrong at a position of a route file; {@link Finding} has its level. As JSON the fields
 * {@code problem} and {@code mend} are public in {@code /api/routes}.
 *
 * @param file the path within the folder, such as {@code kamelets/crm-callback-sink.kamelet.yaml}
 * @param line from 1
 * @param column from 1
 * @param message what is wrong
 * @param fix what was expected, and the correction
 */
public record Problem(
    String file,
    int line,
    int column,
    @JsonProperty("problem") String message,
    @JsonProperty("mend") String fix) {

  /** Orders problems by file, line and column. */
  public static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  /**
   * A problem at a place in a file's text.
   *
   * @param index the offset of a character, in chars
   */
  public static Problem at(String file, String text, int index, String message, String fix) {
    String before = text.substring(0, index);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int begin = before.lastIndexOf('\n') + 1;
    return new Problem(file, line, 1 + before.codePointCount(begin, index), message, fix);
  }

  /** {@code file:line: message. fix}. */
  @Override
  public String toString() {
    return "%s:%d: %s. %s".formatted(file, line, message, fix);
  }
}
