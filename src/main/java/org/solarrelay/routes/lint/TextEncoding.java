package org.solarrelay.routes.lint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that a file is UTF-8, without characters that only look like a space. */
final class TextEncoding {

  /** The replacement of a byte that is not UTF-8. */
  private static final String NO_UTF_8 = "\uFFFD";

  private static final Pattern SPACE_IN_FRONT =
      Pattern.compile("(?m)^[ \t]*[\\u00A0\\u2007\\u202F\\u3000]");
  private static final Pattern INVISIBLE = Pattern.compile("[\\u200B\\u2060]|(?<!^)\\uFEFF");

  private TextEncoding() {}

  /**
   * The problems of a text; none if it can be read.
   *
   * @param text with U+FFFD for each byte that is not UTF-8
   */
  static List<Problem> problems(String name, String text) {
    if (text.startsWith(NO_UTF_8 + NO_UTF_8) || text.indexOf('\0') >= 0) {
      return List.of(
          new Problem(
              name, 1, 1, "the file is not in UTF-8, but in UTF-16", "Save it again in UTF-8"));
    }
    int wrong = text.indexOf(NO_UTF_8);
    if (wrong >= 0) {
      return List.of(
          Problem.at(
              name,
              text,
              wrong,
              "a byte here is not UTF-8; the file may be in Windows-1252",
              "Save it again in UTF-8, and write the letter here anew"));
    }
    Matcher space = SPACE_IN_FRONT.matcher(text);
    if (space.find()) {
      return List.of(
          Problem.at(
              name,
              text,
              space.end() - 1,
              "the line begins with a space that YAML does not take for one (U+%04X)"
                  .formatted((int) text.charAt(space.end() - 1)),
              "Replace it by an ordinary space; it comes with text copied from a page"));
    }
    Matcher invisible = INVISIBLE.matcher(text);
    if (invisible.find()) {
      return List.of(
          Problem.at(
              name,
              text,
              invisible.start(),
              "an invisible character stands here (U+%04X)"
                  .formatted((int) text.charAt(invisible.start())),
              "Remove it; it comes with text copied from a page"));
    }
    return List.of();
  }
}
