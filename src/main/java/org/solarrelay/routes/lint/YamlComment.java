package org.solarrelay.routes.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A comment of a YAML file.
 *
 * @param line from 1
 * @param column of its text, from 1
 */
record YamlComment(int line, int column, String text) {

  /** The comments of a text. Lines of a block that look like a comment count as well. */
  static List<YamlComment> in(String text) {
    List<YamlComment> comments = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      int begin = line.contains("yaml-language-server:") ? -1 : begin(line);
      if (begin >= 0) {
        comments.add(new YamlComment(number, begin + 1, line.substring(begin)));
      }
    }
    return comments;
  }

  /** The offset after the first # that follows a space outside quotes; -1 if there is none. */
  private static int begin(String line) {
    char quote = 0;
    boolean afterSpace = true;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (afterSpace && c == '#') {
        return at + 1;
      } else if (afterSpace && (c == '\'' || c == '"')) {
        quote = c;
      }
      afterSpace = Character.isWhitespace(c);
    }
    return -1;
  }
}
