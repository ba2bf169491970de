package org.solarrelay.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;

/**
 * Camel's {@code direct:} with an atomic swap: routes that start after {@link #stage} receive no
 * messages until {@link #publish}. A call of a missing route fails at once.
 */
public final class SwappableDirect extends DirectComponent {

  private final AtomicReference<RouteTable> table = new AtomicReference<>(new RouteTable(Map.of()));

  private Map<String, DirectConsumer> staged;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    SwappableDirectEndpoint endpoint = new SwappableDirectEndpoint(uri, this);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** Whether a route in force begins at an endpoint. */
  public boolean serves(DirectEndpoint endpoint) {
    return table.get().get(endpoint.getEndpointUri()) != null;
  }

  /** The table in force, with the caller's message counted in. */
  RouteTable enter() {
    while (true) {
      RouteTable current = table.get();
      if (current.enter()) {
        return current;
      }
    }
  }

  synchronized void stage() {
    staged = new HashMap<>();
  }

  /** Discards the staged routes. */
  synchronized void discard() {
    staged = null;
  }

  /**
   * Brings the staged routes into force.
   *
   * @param gone the ids of routes that new messages no longer enter
   * @return the previous table, which messages in flight still use
   */
  synchronized RouteTable publish(Set<String> gone) {
    RouteTable before = table.get();
    Map<String, DirectConsumer> consumers = before.copy();
    consumers.values().removeIf(consumer -> gone.contains(consumer.getRouteId()));
    consumers.putAll(staged);
    staged = null;
    table.set(new RouteTable(consumers));
    return before;
  }

  @Override
  public synchronized void addConsumer(String key, DirectConsumer consumer) {
    Map<String, DirectConsumer> consumers = staged == null ? table.get().copy() : staged;
    if (consumers.putIfAbsent(key, consumer) != null) {
      throw new IllegalArgumentException("Another route begins at " + key);
    }
    if (staged == null) {
      table.set(new RouteTable(consumers));
    }
  }

  @Override
  public synchronized void removeConsumer(String key, DirectConsumer consumer) {
    if (staged != null) {
      staged.remove(key, consumer);
    }
    Map<String, DirectConsumer> consumers = table.get().copy();
    if (consumers.remove(key, consumer)) {
      table.set(new RouteTable(consumers));
    }
  }
}
