package org.solarrelay.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long a sender waits for its 202s, and how long none comes at all. */
final class Throttle {

  private final List<Long> waits = new ArrayList<>();
  private long latest;
  private long longestGap;

  /**
   * A 202 has come just now.
   *
   * @param start when it was asked for, as {@link System#nanoTime} tells it
   */
  synchronized void accepted(long start) {
    long now = System.nanoTime();
    waits.add(now - start);
    longestGap = Math.max(longestGap, latest == 0 ? 0 : now - latest);
    latest = now;
  }

  synchronized long p99Millis() {
    long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
    return TimeUnit.NANOSECONDS.toMillis(sorted[sorted.length * 99 / 100]);
  }

  synchronized long longestGapMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestGap);
  }
}
