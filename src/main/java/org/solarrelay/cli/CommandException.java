package org.solarrelay.cli;

/** A command fails. The message says why and what to do. */
final class CommandException extends RuntimeException {

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** Exit code 2: wrong use, or the relay or Kafka is not reached. */
  static CommandException cannotRun(String message) {
    return new CommandException(2, message);
  }

  /** Exit code 1: the relay rejects the request. */
  static CommandException rejected(String message) {
    return new CommandException(1, message);
  }

  int exitCode() {
    return exitCode;
  }
}
