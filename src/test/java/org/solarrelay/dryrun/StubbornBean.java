package org.solarrelay.dryrun;

import java.util.concurrent.CountDownLatch;

/** A step that waits and ignores interrupts. */
public final class StubbornBean {

  private static volatile CountDownLatch end = new CountDownLatch(0);

  /** Blocks each message from now on. */
  static void hold() {
    end = new CountDownLatch(1);
  }

  /** Releases all messages. */
  static void release() {
    end.countDown();
  }

  /** The step of a route. */
  public Object pass(Object body) {
    boolean waits = true;
    while (waits) {
      try {
        end.await();
        waits = false;
      } catch (InterruptedException e) {
        // ignores the interrupt
      }
    }
    return body;
  }
}
