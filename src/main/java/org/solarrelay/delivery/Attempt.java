package org.solarrelay.delivery;

/**
 * An attempt that is over, to be recorded.
 *
 * @param spared whether the time it took is not to count against the delivery's retry budget
 */
record Attempt(Delivery delivery, Verdict verdict, boolean spared) {

  Attempt(Delivery delivery, Verdict verdict) {
    this(delivery, verdict, false);
  }
}
