package org.solarrelay.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

/**
 * Stops and restarts the consumers that start messages by themselves: timers, topics, HTTP paths.
 */
final class RouteConsumers {

  private static final Logger LOG = Logger.getLogger(RouteConsumers.class);
  private static final long MAX_WAIT_SECONDS = 3;
  private static final long POLL_MILLIS = 5;

  private final CamelContext camel;
  private final List<Route> stopped = new ArrayList<>();

  RouteConsumers(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * Stops a consumer that only one route can have at a time, such as that of an HTTP path, so that
   * the next version of the route can start.
   *
   * @throws Exception if the messages in the route do not end
   */
  void stopExclusive(String id) throws Exception {
    Route route = camel.getRoute(id);
    if (route == null || isShared(route.getEndpoint())) {
      return;
    }
    stopped.add(route);
    // Camel checks once a second whether the route is empty, and requests wait meanwhile
    ServiceHelper.suspendService(route.getConsumer());
    awaitEmpty(route);
    camel.getRouteController().stopRoute(id, MAX_WAIT_SECONDS, TimeUnit.SECONDS, true);
  }

  private void awaitEmpty(Route route) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    while (messagesIn(route) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the messages in %s did not end within %d s"
                .formatted(route.getRouteId(), MAX_WAIT_SECONDS));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private int messagesIn(Route route) {
    int pending =
        route.getConsumer() instanceof ShutdownAware consumer
            ? consumer.getPendingExchangesSize()
            : 0;
    return pending + camel.getInflightRepository().size(route.getRouteId());
  }

  /** Forgets the stopped routes: the new ones have replaced them. */
  void forget() {
    stopped.clear();
  }

  /** Restarts the stopped routes. */
  void restart() {
    for (Route route : stopped) {
      try {
        ServiceHelper.resumeService(route.getConsumer());
        camel.getRouteController().startRoute(route.getRouteId());
      } catch (Exception e) {
        LOG.errorf("%s does not start again: %s", route.getRouteId(), StartFailure.reason(e));
      }
    }
    stopped.clear();
  }

  /** Suspends consumers, so that for example a timer does not run twice; messages in flight end. */
  void suspend(Set<String> routes) {
    for (String id : routes) {
      Route route = camel.getRoute(id);
      if (route != null && !(route.getConsumer() instanceof DirectConsumer)) {
        ServiceHelper.suspendService(route.getConsumer());
      }
    }
  }

  private static boolean isShared(Endpoint endpoint) {
    return endpoint instanceof MultipleConsumersSupport several
        && several.isMultipleConsumersSupported();
  }
}
