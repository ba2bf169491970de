package org.solarrelay.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/** Routes that a reload has replaced; each is removed when it has no messages. */
final class RetiredRoutes {

  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private record RetiredTable(RouteTable table, Set<String> routes, long since) {}

  private final CamelContext camel;
  private final RouteRemover remover;
  private final Deque<RetiredTable> tables = new ArrayDeque<>();

  RetiredRoutes(CamelContext camel, RouteRemover remover) {
    this.camel = camel;
    this.remover = remover;
  }

  /**
   * @param table the previous table, which messages may still use
   * @param routes the ids of the routes that only this and older tables lead to
   */
  void add(RouteTable table, Set<String> routes) {
    tables.add(new RetiredTable(table, routes, System.nanoTime()));
  }

  /**
   * Removes retired routes without messages, oldest first: an older table may lead to a route that
   * a later one has replaced.
   *
   * @param kamelets the ids of kamelets in force
   */
  void end(Set<String> kamelets) {
    while (!tables.isEmpty() && isDone(tables.peek())) {
      tables.remove().routes.forEach(remover::route);
      remover.unused(kamelets);
    }
  }

  private boolean isDone(RetiredTable old) {
    boolean empty =
        old.table.close()
            && old.routes.stream().allMatch(id -> camel.getInflightRepository().size(id) == 0);
    return empty || System.nanoTime() - old.since > MAX_AGE_NANOS;
  }
}
