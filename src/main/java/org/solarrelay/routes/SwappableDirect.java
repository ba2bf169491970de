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
 * Camel's {@code direct:}, except that routes can be put in the place of others all at once: those
 * that are started after {@link #stage} serve nobody until {@link #publish}. It never waits for a
 * route to come.
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

  /** The table in force, entered. */
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

  /** Forgets what was staged. */
  synchronized void discard() {
    staged = null;
  }

  /**
   * Puts the staged routes in force.
   *
   * @param gone the ids of routes that serve nobody who comes from now on
   * @return the table until now, which those who are inside rely on
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
