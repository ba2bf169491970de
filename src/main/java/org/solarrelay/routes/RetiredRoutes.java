package org.solarrelay.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/** Routes that a reload has replaced; each is removed when it has no messages. */
final class RetiredRoutes {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private record Retiring(RouteTable table, Set<String> routes, long since) {}

  private final CamelContext camel;
  private final RouteRemover removal;
  private final Deque<Retiring> retiring = new ArrayDeque<>();

  RetiredRoutes(CamelContext camel, RouteRemover removal) {
    this.camel = camel;
    this.removal = removal;
  }

  /**
   * @param table the previous table, which messages may still use
   * @param routes the ids of the routes that only this and older tables lead to
   */
  void add(RouteTable table, Set<String> routes) {
    retiring.add(new Retiring(table, routes, System.nanoTime()));
  }

  /**
   * Removes retired routes without messages, oldest first: an older table may lead to a route that
   * a later one has replaced.
   *
   * @param kamelets the ids of kamelets in force
   */
  void end(Set<String> kamelets) {
    while (!retiring.isEmpty() && isOver(retiring.peek())) {
      retiring.remove().routes.forEach(removal::route);
      removal.unused(kamelets);
    }
  }

  private boolean isOver(Retiring old) {
    boolean empty =
        old.table.close()
            && old.routes.stream().allMatch(id -> camel.getInflightRepository().size(id) == 0);
    return empty || System.nanoTime() - old.since > LONGEST_NANOS;
  }
}
