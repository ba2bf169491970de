package org.solarrelay.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.direct.DirectConsumer;

/** Maps each {@code direct:} endpoint to its route, and counts the messages that use the table. */
final class RouteTable {

  private static final long CLOSED = -1;

  private final Map<String, DirectConsumer> consumers;
  private final AtomicLong messages = new AtomicLong();

  RouteTable(Map<String, DirectConsumer> consumers) {
    this.consumers = Map.copyOf(consumers);
  }

  /** The route's consumer, or null. */
  DirectConsumer get(String endpoint) {
    return consumers.get(endpoint);
  }

  Map<String, DirectConsumer> copy() {
    return new HashMap<>(consumers);
  }

  /** Counts a message in, until it calls {@link #leave}; false if the table is closed. */
  boolean enter() {
    while (true) {
      long count = messages.get();
      if (count == CLOSED) {
        return false;
      }
      if (messages.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  void leave() {
    messages.decrementAndGet();
  }

  boolean isClosed() {
    return messages.get() == CLOSED;
  }

  /** Closes the table unless a message uses it; returns whether it is closed. */
  boolean close() {
    return messages.compareAndSet(0, CLOSED) || isClosed();
  }
}
