package org.solarrelay.routes.lint;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The text of a YAML file; finds the place of a value's character in the file. */
final class SourceText {

  private final int[] codePoints;

  private SourceText(int[] codePoints) {
    this.codePoints = codePoints;
  }

  static SourceText of(String text) {
    return new SourceText(text.codePoints().toArray());
  }

  String text() {
    return new String(codePoints, 0, codePoints.length);
  }

  /**
   * The place of a character of a scalar. YAML folds lines and resolves escapes, so the visible
   * characters of the scalar are matched with those of the file one by one.
   *
   * @param offset the offset in the scalar's value, in chars
   */
  YamlNode.Position at(ScalarNode scalar, int offset) {
    int at = begin(scalar);
    int found = at;
    String value = scalar.getValue();
    int until = Math.min(Math.max(0, offset), value.length());
    for (int index = 0; index < value.length(); ) {
      int c = value.codePointAt(index);
      int length = length(at, scalar.getScalarStyle());
      if (!Character.isWhitespace(c)) {
        while (length == 1 && isSpace(at)) {
          at++;
          length = length(at, scalar.getScalarStyle());
        }
        found = at;
        at += length;
      } else if (isSpace(at) && codePoints[at] == c) {
        found = at++;
      } else if (length > 1) {
        found = at;
        at += length;
      }
      index += Character.charCount(c);
      if (index > until) {
        return position(found);
      }
    }
    return position(Math.min(at, codePoints.length));
  }

  /** The first character of a scalar's text: after its quote, or in the line below its mark. */
  private int begin(ScalarNode scalar) {
    int at = scalar.getStartMark().map(Mark::getIndex).orElse(0);
    ScalarStyle style = scalar.getScalarStyle();
    if (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED) {
      return at + 1;
    }
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      while (at < codePoints.length && codePoints[at] != '\n') {
        at++;
      }
      while (at < codePoints.length && isSpace(at)) {
        at++;
      }
    }
    return at;
  }

  /** How many characters of the file one character of the value takes. */
  private int length(int at, ScalarStyle style) {
    if (at >= codePoints.length) {
      return 1;
    }
    if (style == ScalarStyle.SINGLE_QUOTED && codePoints[at] == '\'') {
      return 2;
    }
    if (style == ScalarStyle.DOUBLE_QUOTED && codePoints[at] == '\\') {
      int escape = at + 1 < codePoints.length ? codePoints[at + 1] : 0;
      return escape == 'x' ? 4 : escape == 'u' ? 6 : escape == 'U' ? 10 : 2;
    }
    return 1;
  }

  private boolean isSpace(int at) {
    return at < codePoints.length && Character.isWhitespace(codePoints[at]);
  }

  private YamlNode.Position position(int index) {
    int line = 1;
    // a byte order mark does not count as a column
    int begin = codePoints.length > 0 && codePoints[0] == 0xFEFF ? 1 : 0;
    for (int at = 0; at < index; at++) {
      if (codePoints[at] == '\n') {
        line++;
        begin = at + 1;
      }
    }
    return new YamlNode.Position(line, index - begin + 1);
  }
}
