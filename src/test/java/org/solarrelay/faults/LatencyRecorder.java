package org.solarrelay.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Records how long a sender waits for each 202, and the longest time without one. */
final class LatencyRecorder {

  private final List<Long> waits = new ArrayList<>();
  private long latest;
  private long longestGap;

  /**
   * Records a 202 that has just arrived.
   *
   * @param start time of the request, by {@link System#nanoTime}
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
