package org.solarrelay.event.normal;

import java.util.Optional;

/**
 * Turns a text into one trimmed line: every Unicode space, tab or line break becomes one space, and
 * invisible characters are removed. Letters, accents, emoji and case stay.
 */
public final class TextNormalizer {

  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private TextNormalizer() {}

  /** The line; empty for a blank text. */
  public static Optional<String> normalize(String text) {
    if (isClean(text)) {
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !isInvisible(c))
        .map(c -> isSpace(c) ? ' ' : c)
        .filter(c -> c != ' ' || !line.isEmpty() && line.charAt(line.length() - 1) != ' ')
        .forEach(line::appendCodePoint);
    return Optional.of(trimmed(line)).filter(trimmed -> !trimmed.isEmpty());
  }

  /** The text with every zero-width space as a space: some editors put it between words. */
  static String withWordBreaks(String text) {
    return text.replace((char) ZERO_WIDTH_SPACE, ' ');
  }

  /** Whether the text has ASCII characters only, which all normal forms of Unicode keep. */
  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text is a line already: printable ASCII without two spaces in a row. */
  private static boolean isClean(String text) {
    boolean space = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == ' ' && space) {
        return false;
      }
      space = c == ' ';
    }
    return text.isEmpty() || !space;
  }

  /** Removes joiners at the ends; inside, they belong to emoji and to Persian and Indian words. */
  private static String trimmed(StringBuilder line) {
    int start = 0;
    int end = line.length();
    while (start < end && isEdge(line.charAt(start))) {
      start++;
    }
    while (end > start && isEdge(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isEdge(char c) {
    return c == ' ' || c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        && c != ZERO_WIDTH_JOINER
        && c != ZERO_WIDTH_NON_JOINER;
  }
}
