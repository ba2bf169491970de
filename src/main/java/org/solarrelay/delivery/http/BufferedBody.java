package org.solarrelay.delivery.http;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** A response body in memory. It occupies its share of the heap until {@link #release}. */
interface BufferedBody {

  String PROPERTY = "relay.responseBody";

  /** Frees the body's share. Thread-safe; further calls have no effect. */
  void release();

  /**
   * Attaches the body to the exchange, in place of an earlier response's, until the exchange is
   * done.
   */
  default void attachTo(Exchange exchange) {
    releaseFrom(exchange);
    exchange.setProperty(PROPERTY, this);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                release();
              }
            });
  }

  /** Releases the body of an earlier call of the exchange. */
  static void releaseFrom(Exchange exchange) {
    BufferedBody before = exchange.getProperty(PROPERTY, BufferedBody.class);
    if (before != null) {
      before.release();
    }
  }
}
