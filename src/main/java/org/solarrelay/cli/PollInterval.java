package org.solarrelay.cli;

import java.time.Duration;

/** The time between two requests of a command that polls a relay. */
final class PollInterval {

  private static final Duration LENGTH = Duration.ofMillis(200);

  private PollInterval() {}

  /**
   * Waits for 0.2 s.
   *
   * @throws CommandException if the thread is interrupted
   */
  static void await() {
    try {
      Thread.sleep(LENGTH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.cannotRun("Interrupted");
    }
  }
}
