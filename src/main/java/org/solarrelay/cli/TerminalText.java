package org.solarrelay.cli;

/** Removes control characters from texts, because a terminal would interpret them. */
final class TerminalText {

  private TerminalText() {}

  /** One stripped line without control characters; empty for null. */
  static String text(String text) {
    return text == null ? "" : line(text).strip();
  }

  /** Like {@link #text}, with leading spaces. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ");
  }
}
