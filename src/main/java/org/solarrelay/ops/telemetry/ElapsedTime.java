package org.solarrelay.ops.telemetry;

import java.time.Duration;
import java.time.Instant;

/** The time between two moments that different clocks or foreign systems state, for metrics. */
public final class ElapsedTime {

  /** Foreign text can name a moment centuries ago, which a timer's nanoseconds cannot hold. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private ElapsedTime() {}

  /** From zero, where the clock of {@code from} is ahead, to a year. */
  public static Duration between(Instant from, Instant to) {
    Duration elapsed = Duration.between(from, to);
    if (elapsed.isNegative()) {
      return Duration.ZERO;
    }
    return elapsed.compareTo(LONGEST) > 0 ? LONGEST : elapsed;
  }
}
