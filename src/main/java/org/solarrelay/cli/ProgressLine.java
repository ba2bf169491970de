package org.solarrelay.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Shows the progress of a long command on one line, on terminals only. */
final class ProgressLine {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean shown;

  ProgressLine(PrintWriter err, Ansi ansi) {
    this.err = err;
    this.shown = ansi.enabled();
  }

  void show(String text) {
    if (shown) {
      err.print(CLEAR_LINE + TerminalText.clean(text) + " …");
      err.flush();
    }
  }

  /** Clears the line. */
  void end() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
