package org.solarrelay.dryrun;

import java.util.concurrent.CountDownLatch;

/** A step that waits and ignores interrupts. */
public final class StubbornBean {

  private static volatile CountDownLatch end = new CountDownLatch(0);

  /** Lets each message wait from now on. */
  static void hold() {
    end = new CountDownLatch(1);
  }

  /** Lets all go on. */
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
        // like code that ignores interrupts
      }
    }
    return body;
  }
}
