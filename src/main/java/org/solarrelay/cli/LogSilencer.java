package org.solarrelay.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the log of what a command starts out of what it tells. */
final class LogSilencer {

  // the log manager lets go of loggers that nobody holds, and with them of their levels
  private static final Logger ROOT = Logger.getLogger("");

  private LogSilencer() {}

  static void begin() {
    ROOT.setLevel(Level.OFF);
  }
}
