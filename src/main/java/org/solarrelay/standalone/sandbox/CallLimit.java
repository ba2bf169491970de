package org.solarrelay.standalone.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** A rate limit: at most so many calls in any 60 seconds. */
final class CallLimit {
  private static final long WINDOW_MILLIS = 60_000;

  private final int max;
  private final LongSupplier clockMillis;
  private final Deque<Long> calls = new ArrayDeque<>();

  CallLimit(int max, LongSupplier clockMillis) {
    this.max = max;
    this.clockMillis = clockMillis;
  }

  /** Counts a call, unless the limit is reached. */
  boolean tryAcquire() {
    long now = clockMillis.getAsLong();
    while (!calls.isEmpty() && now - calls.peekFirst() >= WINDOW_MILLIS) {
      calls.removeFirst();
    }
    return calls.size() < max && calls.add(now);
  }

  int max() {
    return max;
  }

  int remaining() {
    return max - calls.size();
  }

  /** The seconds until the next call is allowed, at least 1. */
  long secondsUntilFree() {
    long oldest = calls.isEmpty() ? Long.MIN_VALUE / 2 : calls.peekFirst();
    return Math.max(1, (oldest + WINDOW_MILLIS - clockMillis.getAsLong() + 999) / 1000);
  }
}
