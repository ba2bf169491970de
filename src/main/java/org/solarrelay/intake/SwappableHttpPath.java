package org.solarrelay.intake;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * An HTTP path that outlives the route behind it. While the route is replaced, requests wait up to
 * 3 s for its next version, because Solar Proof waits no longer than 5 s.
 */
final class SwappableHttpPath {

  private static final long LONGEST_WAIT_MILLIS = 3_000;

  private static final WebhookResponse NOT_SERVED =
      WebhookResponse.problem(
          RejectionReason.NOT_OPEN,
          "No intake route runs at the moment; this webhook was not stored",
          Map.of("Retry-After", "5"));

  /** Entry of one version of the route. */
  interface RouteEntry {

    /** Announces a request: the route must not stop before its response. */
    void beginRequest();

    /** Processes a request, on the request's event loop. */
    void enter(ReceivedRequest request);
  }

  private record WaitingRequest(ReceivedRequest request, Context context, long timer) {}

  private final BiConsumer<ReceivedRequest, WebhookResponse> rejected;
  private final List<WaitingRequest> waiting = new ArrayList<>();
  private Route path;
  private RouteEntry active;

  /**
   * @param rejected receives each request that is rejected because no version of the route runs
   */
  SwappableHttpPath(BiConsumer<ReceivedRequest, WebhookResponse> rejected) {
    this.rejected = rejected;
  }

  /**
   * @param server creates the server's path, if there is none yet
   * @param next receives the waiting requests and all later ones
   */
  synchronized void serve(Supplier<Route> server, RouteEntry next) {
    active = next;
    if (path == null) {
      path = server.get();
    }
    for (WaitingRequest one : waiting) {
      one.context.owner().cancelTimer(one.timer);
      next.beginRequest();
      one.context.runOnContext(unused -> next.enter(one.request));
    }
    waiting.clear();
  }

  /**
   * Removes a version of the route. Requests wait if its successor has not started yet.
   *
   * @param permanently whether there will be no successor
   */
  synchronized void withdraw(RouteEntry entry, boolean permanently) {
    if (active == entry) {
      active = null;
    }
    if (permanently) {
      remove();
    }
  }

  /** Passes a request to the active version, even if it arrived under an older one. */
  void enter(ReceivedRequest request) {
    RouteEntry target = activeOrWait(request);
    if (target != null) {
      target.enter(request);
    }
  }

  private synchronized RouteEntry activeOrWait(ReceivedRequest request) {
    if (active != null) {
      active.beginRequest();
    } else {
      Context context = Vertx.currentContext();
      long timer = context.owner().setTimer(LONGEST_WAIT_MILLIS, this::timeOut);
      waiting.add(new WaitingRequest(request, context, timer));
    }
    return active;
  }

  /** Ends the wait of a request: no next version has started, so the path goes too. */
  private synchronized void timeOut(long timer) {
    for (WaitingRequest one : List.copyOf(waiting)) {
      if (one.timer == timer) {
        waiting.remove(one);
        one.context.runOnContext(unused -> rejectRequest(one.request));
      }
    }
    if (active == null) {
      remove();
    }
  }

  private void rejectRequest(ReceivedRequest request) {
    request.body().release();
    request.respond(NOT_SERVED);
    rejected.accept(request, NOT_SERVED);
  }

  private void remove() {
    if (path != null) {
      path.remove();
      path = null;
    }
  }
}
