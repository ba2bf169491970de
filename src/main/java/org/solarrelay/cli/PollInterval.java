package org.solarrelay.cli;

import java.time.Duration;

/** The time between two requests of a command that polls a relay. */
final class PollInterval {

  private static final Duration DEFAULT = Duration.ofMillis(200);

  private PollInterval() {}

  /**
   * Waits for 0.2 s.
   *
   * @throws CommandException if the thread is interrupted
   */
  static void await() {
    await(DEFAULT);
  }

  /**
   * Waits.
   *
   * @throws CommandException if the thread is interrupted
   */
  static void await(Duration interval) {
    try {
      Thread.sleep(interval.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.cannotRun("Interrupted");
    }
  }
}
