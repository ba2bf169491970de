package org.solarrelay.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.solarrelay.delivery.queue.Delivery;

/** A delivery that this pod has taken. Measures times, and lets the attempt end only once. */
final class InFlightDelivery {

  final Delivery delivery;
  private final long takenAt = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long startedAt;

  InFlightDelivery(Delivery delivery) {
    this.delivery = delivery;
  }

  void started() {
    startedAt = System.nanoTime();
  }

  boolean queuedLongerThan(Duration time) {
    return System.nanoTime() - takenAt > time.toNanos();
  }

  boolean runningLongerThan(Duration time) {
    return runningFor().compareTo(time) > 0;
  }

  Duration runningFor() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /**
   * Ends the attempt. True for the first call only, so a late response after a time-out is ignored.
   */
  boolean end() {
    return ended.compareAndSet(false, true);
  }
}
