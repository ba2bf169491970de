package org.solarrelay.delivery;

import java.time.Duration;
import java.util.function.Consumer;

/** Tries one delivery. */
interface DeliveryCall {

  /**
   * Starts the attempt and returns without waiting for it.
   *
   * @param end is told how it ended, once, on any thread, possibly before this method returns
   */
  void start(Delivery delivery, Consumer<Verdict> end);

  /** What it means that an attempt had no end within that time. */
  Verdict unended(Delivery delivery, Duration within);
}
