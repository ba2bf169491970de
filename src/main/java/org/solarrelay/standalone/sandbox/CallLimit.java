package org.solarrelay.standalone.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** At most so many calls in any 60 seconds. */
final class CallLimit {
  private static final long WINDOW_MILLIS = 60_000;

  private final int most;
  private final LongSupplier clockMillis;
  private final Deque<Long> taken = new ArrayDeque<>();

  CallLimit(int most, LongSupplier clockMillis) {
    this.most = most;
    this.clockMillis = clockMillis;
  }

  /** Whether there was room for one more call; a refused one does not count. */
  boolean take() {
    long now = clockMillis.getAsLong();
    while (!taken.isEmpty() && now - taken.peekFirst() >= WINDOW_MILLIS) {
      taken.removeFirst();
    }
    return taken.size() < most && taken.add(now);
  }

  int most() {
    return most;
  }

  int remaining() {
    return most - taken.size();
  }

  /** Whole seconds until there is room again, at least 1. */
  long secondsUntilFree() {
    long oldest = taken.isEmpty() ? Long.MIN_VALUE / 2 : taken.peekFirst();
    return Math.max(1, (oldest + WINDOW_MILLIS - clockMillis.getAsLong() + 999) / 1000);
  }
}
