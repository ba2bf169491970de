package org.solarrelay.cli;

/** Removes control characters from texts, because a terminal would interpret them. */
final class TerminalText {

  private TerminalText() {}

  /** One stripped line without control characters; empty for null. */
  static String clean(String text) {
    return text == null ? "" : cleanIndented(text).strip();
  }

  /** Like {@link #clean}, but keeps the spaces at both ends. */
  static String cleanIndented(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ");
  }
}
