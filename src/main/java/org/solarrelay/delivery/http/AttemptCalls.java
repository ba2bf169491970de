package org.solarrelay.delivery.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * The calls that an attempt makes, in their order. The attempt's exchange holds them, and each HTTP
 * client adds its calls. Without them in the exchange, as in a poll, nothing is kept. Thread-safe,
 * because an attempt that takes too long is recorded while a call is running.
 */
public final class AttemptCalls {

  private static final String PROPERTY = "relay.attemptCalls";
  private static final String RUNNING = "relay.attemptCall";

  private final List<VendorCall> calls = new ArrayList<>(2);

  /** Has the exchange and its copies add their calls. */
  public void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Adds a call that begins now, where the exchange belongs to an attempt. */
  static void begin(Exchange exchange, Supplier<VendorCall> call) {
    AttemptCalls attempt = exchange.getProperty(PROPERTY, AttemptCalls.class);
    if (attempt != null) {
      VendorCall begun = call.get();
      attempt.add(begun);
      exchange.setProperty(RUNNING, begun);
    }
  }

  /**
   * Ends the call that the exchange has begun.
   *
   * @param status the HTTP status; null where there was no response
   */
  static void end(Exchange exchange, Integer status) {
    if (exchange.removeProperty(RUNNING) instanceof VendorCall call) {
      call.end(status);
    }
  }

  private synchronized void add(VendorCall call) {
    calls.add(call);
  }

  synchronized List<VendorCall> list() {
    return List.copyOf(calls);
  }
}
