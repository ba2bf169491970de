package org.solarrelay.delivery.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds how many long responses are in memory at once, whatever the number of calls in flight. A
 * long response without a permit waits: its connection is not read meanwhile.
 */
final class ResponsePermits {

  /** What a response of the greatest length takes at most: bytes, copy, text and JSON tree. */
  private static final long HEAP_FOR_RESPONSE = 16 << 20;

  /** What share of the heap all long responses together may take. */
  private static final int SHARE = 2;

  private final Runnable onWait;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param onWait runs whenever a response has to wait for a permit
   */
  ResponsePermits(int permits, Runnable onWait) {
    this.free = permits;
    this.onWait = onWait;
  }

  /** As many as the heap holds, at least one. */
  static ResponsePermits ofHeap(Runnable onWait) {
    long fit = Runtime.getRuntime().maxMemory() / SHARE / HEAP_FOR_RESPONSE;
    return new ResponsePermits((int) Math.max(1, fit), onWait);
  }

  /**
   * Takes a permit, or runs {@code granted} once there is one, on the thread that gives it back.
   *
   * @return whether it was taken at once
   */
  synchronized boolean take(Runnable granted) {
    if (free == 0) {
      onWait.run();
      waiting.add(granted);
      return false;
    }
    free--;
    return true;
  }

  /** Waits no longer; false where the permit was granted meanwhile and has to be given back. */
  synchronized boolean cancel(Runnable granted) {
    return waiting.remove(granted);
  }

  /** Gives a permit back, to the response that has waited longest. */
  void release() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
