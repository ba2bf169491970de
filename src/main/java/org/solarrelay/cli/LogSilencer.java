package org.solarrelay.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns logging off, so that a command prints only its result. */
final class LogSilencer {

  // a strong reference, because the log manager drops unreferenced loggers with their levels
  private static final Logger ROOT = Logger.getLogger("");

  private LogSilencer() {}

  static void silence() {
    ROOT.setLevel(Level.OFF);
  }
}
