package org.solarrelay.delivery.queue;

import java.util.List;

/** Publishes the outcomes of deliveries while the transaction that finishes them is open. */
@FunctionalInterface
interface OutcomeSink {

  /**
   * Publishes what can be published at once.
   *
   * @return the ids of the deliveries whose outcomes are not published
   */
  List<Long> publish(List<OutcomeRecord> outcomes);

  /** Has waiting outcomes published soon. */
  default void wake() {}
}
