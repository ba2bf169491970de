package org.solarrelay.intake;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A path of the HTTP server, which outlives the route that serves it. While a route is replaced by
 * its next version, requests wait for that, for as long as senders have patience.
 */
final class SwappableHttpPath {

  private static final long LONGEST_WAIT_MILLIS = 3_000;

  private static final WebhookResponse NOT_SERVED =
      WebhookResponse.problem(
          503,
          "Service Unavailable",
          "No route takes webhooks at the moment; nothing was kept of this one",
          Map.of("Retry-After", "5"));

  /** The beginning of one version of the route. */
  interface Entrance {

    /** A request is about to enter: the route must not stop before its response. */
    void expect();

    /** Called on the event loop of the request. */
    void enter(ReceivedRequest arrival);
  }

  private record Waiting(ReceivedRequest arrival, Context context, long timer) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private Route path;
  private Entrance entrance;

  /**
   * @param server makes the server's path, where there is none yet
   * @param next takes every request from now on, and those that wait
   */
  synchronized void serve(Supplier<Route> server, Entrance next) {
    entrance = next;
    if (path == null) {
      path = server.get();
    }
    for (Waiting one : waiting) {
      one.context.owner().cancelTimer(one.timer);
      next.expect();
      one.context.runOnContext(unused -> next.enter(one.arrival));
    }
    waiting.clear();
  }

  /**
   * A version of the route goes. Where it has no successor yet, requests wait.
   *
   * @param forGood whether none will come
   */
  synchronized void leave(Entrance leaving, boolean forGood) {
    if (entrance == leaving) {
      entrance = null;
    }
    if (forGood) {
      remove();
    }
  }

  /** Takes a request into the version in force, whichever was in force when it began. */
  void enter(ReceivedRequest arrival) {
    Entrance inForce = inForceOrWait(arrival);
    if (inForce != null) {
      inForce.enter(arrival);
    }
  }

  private synchronized Entrance inForceOrWait(ReceivedRequest arrival) {
    if (entrance != null) {
      entrance.expect();
    } else {
      Context context = Vertx.currentContext();
      long timer = context.owner().setTimer(LONGEST_WAIT_MILLIS, this::giveUp);
      waiting.add(new Waiting(arrival, context, timer));
    }
    return entrance;
  }

  /** No next version has come: the path is gone. */
  private synchronized void giveUp(long timer) {
    for (Waiting one : List.copyOf(waiting)) {
      if (one.timer == timer) {
        waiting.remove(one);
        one.context.runOnContext(unused -> notServed(one.arrival));
      }
    }
    if (entrance == null) {
      remove();
    }
  }

  private static void notServed(ReceivedRequest arrival) {
    arrival.body().release();
    arrival.respond(NOT_SERVED);
  }

  private void remove() {
    if (path != null) {
      path.remove();
      path = null;
    }
  }
}
