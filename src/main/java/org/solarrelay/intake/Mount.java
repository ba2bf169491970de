package org.solarrelay.intake;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A path of the HTTP server, which outlives the route that serves it: while that is swapped for its
 * next version nobody does, and who comes then waits for it, for as long as senders have patience.
 */
final class Mount {

  private static final long LONGEST_WAIT_MILLIS = 3_000;

  private record Waiting(RoutingContext request, Context context, long timer) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private Route route;
  private Consumer<RoutingContext> reader;

  /**
   * @param path makes the server's route, where there is none yet
   * @param reader is given every request from now on, and those that wait
   */
  synchronized void serve(
      Function<Consumer<RoutingContext>, Route> path, Consumer<RoutingContext> reader) {
    this.reader = reader;
    if (route == null) {
      route = path.apply(this::arrived);
    }
    for (Waiting one : waiting) {
      one.context.owner().cancelTimer(one.timer);
      one.context.runOnContext(unused -> reader.accept(one.request));
    }
    waiting.clear();
  }

  /**
   * The path is left by {@code leaving}; where nobody has taken it over, those who come wait.
   *
   * @param forGood whether nobody will come any more
   */
  synchronized void leave(Consumer<RoutingContext> leaving, boolean forGood) {
    if (reader == leaving) {
      reader = null;
    }
    if (forGood) {
      remove();
    }
  }

  private void arrived(RoutingContext request) {
    Consumer<RoutingContext> serving = servingOrWait(request);
    if (serving != null) {
      serving.accept(request);
    }
  }

  private synchronized Consumer<RoutingContext> servingOrWait(RoutingContext request) {
    if (reader == null) {
      request.request().pause();
      Context context = Vertx.currentContext();
      long timer = context.owner().setTimer(LONGEST_WAIT_MILLIS, fired -> giveUp(fired));
      waiting.add(new Waiting(request, context, timer));
    }
    return reader;
  }

  /** No next version has come: the path is gone. */
  private synchronized void giveUp(long timer) {
    for (Waiting one : List.copyOf(waiting)) {
      if (one.timer == timer) {
        waiting.remove(one);
        one.context.runOnContext(
            unused ->
                one.request.response().putHeader("Retry-After", "5").setStatusCode(503).end());
      }
    }
    if (reader == null) {
      remove();
    }
  }

  private void remove() {
    if (route != null) {
      route.remove();
      route = null;
    }
  }
}
