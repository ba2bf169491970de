package org.solarrelay.startup;

/** The relay cannot start. The message says why and what to do. */
public final class StartRefusedException extends Exception {
  public StartRefusedException(String message) {
    super(message);
  }
}
