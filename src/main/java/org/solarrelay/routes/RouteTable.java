package org.solarrelay.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.direct.DirectConsumer;

/** Which route serves which {@code direct:} endpoint, and how many messages rely on that. */
final class RouteTable {

  private static final long CLOSED = -1;

  private final Map<String, DirectConsumer> consumers;
  private final AtomicLong inside = new AtomicLong();

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

  /** A message comes in and will {@link #leave}; false where the table is closed. */
  boolean enter() {
    while (true) {
      long count = inside.get();
      if (count == CLOSED) {
        return false;
      }
      if (inside.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  void leave() {
    inside.decrementAndGet();
  }

  boolean isClosed() {
    return inside.get() == CLOSED;
  }

  /** Lets nobody in any more, unless somebody is inside; false then. */
  boolean close() {
    return inside.compareAndSet(0, CLOSED) || isClosed();
  }
}
