package org.solarrelay.delivery.http;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** A response's body in memory, with what it occupies until {@link #release}. */
interface BufferedBody {

  String PROPERTY = "relay.responseBody";

  /** The body is needed no longer; any thread may call, also more than once. */
  void release();

  /** The exchange holds the body of one response at a time, until it is over. */
  default void heldBy(Exchange exchange) {
    releaseOf(exchange);
    exchange.setProperty(PROPERTY, this);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange over) {
                release();
              }
            });
  }

  /** Releases the body of an earlier call. */
  static void releaseOf(Exchange exchange) {
    BufferedBody before = exchange.getProperty(PROPERTY, BufferedBody.class);
    if (before != null) {
      before.release();
    }
  }
}
