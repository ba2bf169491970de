package org.solarrelay.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.solarrelay.delivery.queue.Delivery;

/** A delivery this pod has taken: how long ago, and that its attempt ends only once. */
final class InFlightDelivery {

  final Delivery delivery;
  private final long takenAt = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile long startedAt;

  InFlightDelivery(Delivery delivery) {
    this.delivery = delivery;
  }

  void started() {
    startedAt = System.nanoTime();
  }

  boolean heldLongerThan(Duration time) {
    return System.nanoTime() - takenAt > time.toNanos();
  }

  boolean runningLongerThan(Duration time) {
    return runningFor().compareTo(time) > 0;
  }

  Duration runningFor() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** True for the first to say so: a late answer after a time-out says nothing any more. */
  boolean end() {
    return over.compareAndSet(false, true);
  }
}
