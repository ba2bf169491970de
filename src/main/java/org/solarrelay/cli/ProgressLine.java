package org.solarrelay.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** A line that tells how far long work is, on a terminal only. */
final class ProgressLine {

  private static final String BEGINNING_OF_EMPTY_LINE = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean shown;

  ProgressLine(PrintWriter err, Ansi ansi) {
    this.err = err;
    this.shown = ansi.enabled();
  }

  void show(String text) {
    if (shown) {
      err.print(BEGINNING_OF_EMPTY_LINE + TerminalText.text(text) + " …");
      err.flush();
    }
  }

  /** Leaves nothing of it. */
  void end() {
    if (shown) {
      err.print(BEGINNING_OF_EMPTY_LINE);
      err.flush();
    }
  }
}
