package org.solarrelay.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.solarrelay.PortAllocator;

/** A vendor's HTTP server. A call takes effect at once; its response follows later. */
final class VendorServer {

  /** Longer than {@link Relay} lets its calls take. */
  private static final int SLOW_MILLIS = 6000;

  private static final String ENDLESS_WORD = "x".repeat(1024 * 1024);

  record Response(int status, String body) {}

  private final Vertx vertx;
  private final Router router;
  private final Function<RoutingContext, Response> effect;
  private final int port = PortAllocator.next();
  private HttpServer server;
  private volatile VendorBehavior mood = VendorBehavior.WELL;
  private volatile int delayMillis = 1;

  VendorServer(Vertx vertx, Function<RoutingContext, Response> effect) throws Exception {
    this.vertx = vertx;
    this.effect = effect;
    router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false)).handler(this::take);
    server = listen();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void respondAfter(int millis) {
    delayMillis = millis;
  }

  /** Changes the behavior; returns once it is active. */
  synchronized void behave(VendorBehavior next) throws Exception {
    if (next == VendorBehavior.AWAY && mood != VendorBehavior.AWAY) {
      await(server.close());
    }
    if (next != VendorBehavior.AWAY && mood == VendorBehavior.AWAY) {
      server = listen();
    }
    mood = next;
  }

  private HttpServer listen() throws Exception {
    return await(vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1"));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void take(RoutingContext call) {
    HttpServerResponse response = call.response();
    switch (mood) {
      case DOWN -> later(delayMillis, response, () -> respond(response, 503, "down"));
      case KEY_REFUSED -> later(delayMillis, response, () -> respond(response, 401, "{}"));
      case BUSY -> {
        response.putHeader("retry-after", "2");
        later(delayMillis, response, () -> respond(response, 429, "{}"));
      }
      case WEB_PAGE -> later(delayMillis, response, () -> page(response));
      default -> takeEffect(call, response);
    }
  }

  private void takeEffect(RoutingContext call, HttpServerResponse response) {
    Response answer = effect.apply(call);
    switch (mood) {
      case CUTS -> later(delayMillis, response, () -> cut(response, answer));
      case ENDLESS_WORD -> later(delayMillis, response, () -> respond(response, 200, ENDLESS_WORD));
      case SLOW -> later(SLOW_MILLIS, response, () -> respond(response, answer));
      default -> later(delayMillis, response, () -> respond(response, answer));
    }
  }

  private static void respond(HttpServerResponse response, Response answer) {
    respond(response, answer.status(), answer.body());
  }

  private static void respond(HttpServerResponse response, int status, String body) {
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }

  private static void page(HttpServerResponse response) {
    response.putHeader("content-type", "text/html").end("<html><h1>Welcome</h1></html>");
  }

  private static void cut(HttpServerResponse response, Response answer) {
    response
        .setStatusCode(answer.status())
        .putHeader("content-length", String.valueOf(answer.body().length() + 100))
        .write(answer.body())
        .onComplete(written -> response.reset());
  }

  private void later(int millis, HttpServerResponse response, Runnable work) {
    vertx.setTimer(
        millis,
        waited -> {
          if (!response.closed()) {
            work.run();
          }
        });
  }
}
