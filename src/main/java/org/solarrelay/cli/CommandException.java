package org.solarrelay.cli;

/** A command can not do what it was asked for; the message says why and what to do. */
final class CommandException extends RuntimeException {

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** It was asked for something that can not be done, or what it needs is not reached. */
  static CommandException unusable(String message) {
    return new CommandException(2, message);
  }

  /** It was understood, and the relay said no. */
  static CommandException refused(String message) {
    return new CommandException(1, message);
  }

  int exitCode() {
    return exitCode;
  }
}
