package org.solarrelay.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.solarrelay.event.InvalidMessageException;

/**
 * Fails a message that visits too many routes and kamelets, because its routes call each other in a
 * circle. The {@link InvalidMessageException} is final in every stage. Each part of a split message
 * continues the count from before the split; after one part has failed, no part visits another
 * route.
 */
public final class RouteVisitLimit implements InterceptStrategy {

  private static final String VISITED = "relay.visitedRoutes";
  private static final int MAX_NAMED_ROUTES = 20;

  private final int limit;

  /**
   * @param limit how many routes a message may visit, one or more
   */
  public RouteVisitLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "relay.max-route-visits is %d; write 1 or more".formatted(limit));
    }
    this.limit = limit;
  }

  /** A message's visit to a route, linked to the visit before it. */
  private record Visit(
      String route, int number, Optional<Visit> before, AtomicReference<String> circle) {

    static Visit next(String route, Exchange exchange) {
      return exchange.getProperty(VISITED) instanceof Visit last
          ? new Visit(route, last.number + 1, Optional.of(last), last.circle)
          : new Visit(route, 1, Optional.empty(), new AtomicReference<>());
    }

    private boolean isTo(String other) {
      return route.equals(other);
    }

    /** The routes since the previous visit to the same route, such as {@code a → b → a}. */
    String path() {
      Deque<String> path = new ArrayDeque<>();
      path.push(route);
      Optional<Visit> at = before;
      while (at.isPresent() && !at.get().isTo(route) && path.size() < MAX_NAMED_ROUTES) {
        path.push(at.get().route);
        at = at.get().before;
      }
      if (at.isPresent() && at.get().isTo(route)) {
        path.push(route);
      }
      return String.join(" → ", path);
    }
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor step, Processor next) {
    return isFirstOfRoute(node) ? new VisitCounter(step) : step;
  }

  private static boolean isFirstOfRoute(NamedNode node) {
    return node.getParent() instanceof RouteDefinition route
        && route.getOutputs().stream()
            .filter(output -> !output.isAbstract())
            .findFirst()
            .filter(first -> first == node)
            .isPresent();
  }

  private final class VisitCounter extends DelegateAsyncProcessor {

    VisitCounter(Processor step) {
      super(step);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      String route = RouteIds.plain(String.valueOf(ExchangeHelper.getAtRouteId(exchange)));
      Visit visit = Visit.next(route, exchange);
      exchange.setProperty(VISITED, visit);
      if (visit.number() > limit) {
        visit.circle().compareAndSet(null, visit.path());
      }
      String circle = visit.circle().get();
      if (circle == null) {
        return super.process(exchange, callback);
      }
      exchange.setException(
          new InvalidMessageException(
              "the message visited %d routes and would go on: %s. A route calls itself, or a loop does not end"
                  .formatted(limit, circle)));
      callback.done(true);
      return true;
    }
  }
}
