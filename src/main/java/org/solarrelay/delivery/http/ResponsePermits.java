package org.solarrelay.delivery.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits how many long responses are in memory at once, whatever the number of calls in flight. A
 * long response without a permit waits; its connection is not read meanwhile.
 */
final class ResponsePermits {

  /** Heap that a response of the greatest length takes at most: bytes, copy, text and JSON tree. */
  private static final long HEAP_FOR_RESPONSE = 16 << 20;

  /** All long responses together take at most this fraction of the heap: one half. */
  private static final int SHARE = 2;

  private final Runnable onWait;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param onWait runs each time a response has to wait for a permit
   */
  ResponsePermits(int permits, Runnable onWait) {
    this.free = permits;
    this.onWait = onWait;
  }

  /** Creates as many permits as the heap allows, at least one. */
  static ResponsePermits ofHeap(Runnable onWait) {
    long fit = Runtime.getRuntime().maxMemory() / SHARE / HEAP_FOR_RESPONSE;
    return new ResponsePermits((int) Math.max(1, fit), onWait);
  }

  /**
   * Takes a permit. If none is free, {@code granted} runs later, on the thread that releases one.
   *
   * @return whether the permit was taken at once
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

  /** Stops waiting. False where the permit was granted meanwhile and must be released. */
  synchronized boolean cancel(Runnable granted) {
    return waiting.remove(granted);
  }

  /** Releases a permit; the response that has waited longest gets it. */
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
