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

/** What routes begin at that messages come to by themselves: timers, topics, HTTP paths. */
final class RouteConsumers {

  private static final Logger LOG = Logger.getLogger(RouteConsumers.class);
  private static final long LONGEST_SECONDS = 3;
  private static final long LOOK_MILLIS = 5;

  private final CamelContext camel;
  private final List<Route> stopped = new ArrayList<>();

  RouteConsumers(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * Lets go of what only one route can have at a time, such as an HTTP path, so that the next
   * version can.
   *
   * @throws Exception where the messages in the route do not end
   */
  void stopExclusive(String id) throws Exception {
    Route route = camel.getRoute(id);
    if (route == null || isShared(route.getEndpoint())) {
      return;
    }
    stopped.add(route);
    // Camel would look once a second whether the route is empty, and senders wait meanwhile
    ServiceHelper.suspendService(route.getConsumer());
    awaitEmpty(route);
    camel.getRouteController().stopRoute(id, LONGEST_SECONDS, TimeUnit.SECONDS, true);
  }

  private void awaitEmpty(Route route) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (messagesIn(route) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "what is in %s does not end within %d s"
                .formatted(route.getRouteId(), LONGEST_SECONDS));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private int messagesIn(Route route) {
    int pending =
        route.getConsumer() instanceof ShutdownAware consumer
            ? consumer.getPendingExchangesSize()
            : 0;
    return pending + camel.getInflightRepository().size(route.getRouteId());
  }

  /** What was stopped has a successor. */
  void forget() {
    stopped.clear();
  }

  /** Starts again what was stopped. */
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

  /** A timer, say, must not go on beside its successor; what is under way ends. */
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
