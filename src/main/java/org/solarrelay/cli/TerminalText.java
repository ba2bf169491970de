package org.solarrelay.cli;

/** Texts of others for a terminal, which could otherwise be told to do things. */
final class TerminalText {

  private TerminalText() {}

  /** In one line and without control characters; null becomes empty. */
  static String text(String text) {
    return text == null ? "" : line(text).strip();
  }

  /** The same, with the spaces it begins with. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ");
  }
}
