package org.solarrelay.startup;

/** The program cannot start; the message tells its operator why and what to do. */
public final class StartRefusedException extends Exception {
  public StartRefusedException(String message) {
    super(message);
  }
}
