package org.solarrelay.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

/** What routes begin at that messages come to by themselves: timers, topics, HTTP paths. */
final class Sources {

  private static final Logger LOG = Logger.getLogger(Sources.class);
  private static final long STOP_SECONDS = 5;

  private final CamelContext camel;
  private final List<String> stopped = new ArrayList<>();

  Sources(CamelContext camel) {
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
    stopped.add(id);
    if (!camel.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS, true)) {
      throw new IllegalStateException(
          "what is in %s does not end within %d s".formatted(id, STOP_SECONDS));
    }
  }

  /** What was stopped has a successor. */
  void forget() {
    stopped.clear();
  }

  /** Starts again what was stopped. */
  void restart() {
    for (String id : stopped) {
      try {
        camel.getRouteController().startRoute(id);
      } catch (Exception e) {
        LOG.errorf("%s could not be started again: %s", id, StartFailure.reason(e));
      }
    }
    stopped.clear();
  }

  /** A timer, say, must not go on beside its successor; what is under way ends. */
  void suspend(Set<String> routes) {
    for (String id : routes) {
      Route route = camel.getRoute(id);
      if (route != null && !(route.getEndpoint() instanceof SwappableDirectEndpoint)) {
        ServiceHelper.suspendService(route.getConsumer());
      }
    }
  }

  private static boolean isShared(Endpoint endpoint) {
    return endpoint instanceof MultipleConsumersSupport several
        && several.isMultipleConsumersSupported();
  }
}
