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

/** One vendor's port. What is asked of it takes effect at once and is answered some time later. */
final class VendorServer {

  /** Longer than {@link Relay} lets its calls take. */
  private static final int SLOW_MILLIS = 6000;

  private static final String ENDLESS_WORD = "x".repeat(1024 * 1024);

  record Answer(int status, String body) {}

  private final Vertx vertx;
  private final Router router;
  private final Function<RoutingContext, Answer> effect;
  private final int port = PortAllocator.next();
  private HttpServer server;
  private volatile Mood mood = Mood.WELL;
  private volatile int delayMillis = 1;

  VendorServer(Vertx vertx, Function<RoutingContext, Answer> effect) throws Exception {
    this.vertx = vertx;
    this.effect = effect;
    router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false)).handler(this::take);
    server = listen();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void answerAfter(int millis) {
    delayMillis = millis;
  }

  /** Returns once that is how it fares. */
  synchronized void fare(Mood next) throws Exception {
    if (next == Mood.AWAY && mood != Mood.AWAY) {
      await(server.close());
    }
    if (next != Mood.AWAY && mood == Mood.AWAY) {
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
      case DOWN -> later(delayMillis, response, () -> answer(response, 503, "down"));
      case KEY_REFUSED -> later(delayMillis, response, () -> answer(response, 401, "{}"));
      case BUSY -> {
        response.putHeader("retry-after", "2");
        later(delayMillis, response, () -> answer(response, 429, "{}"));
      }
      case WEB_PAGE -> later(delayMillis, response, () -> page(response));
      default -> takeEffect(call, response);
    }
  }

  private void takeEffect(RoutingContext call, HttpServerResponse response) {
    Answer answer = effect.apply(call);
    switch (mood) {
      case CUTS -> later(delayMillis, response, () -> cut(response, answer));
      case ENDLESS_WORD -> later(delayMillis, response, () -> answer(response, 200, ENDLESS_WORD));
      case SLOW -> later(SLOW_MILLIS, response, () -> answer(response, answer));
      default -> later(delayMillis, response, () -> answer(response, answer));
    }
  }

  private static void answer(HttpServerResponse response, Answer answer) {
    answer(response, answer.status(), answer.body());
  }

  private static void answer(HttpServerResponse response, int status, String body) {
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }

  private static void page(HttpServerResponse response) {
    response.putHeader("content-type", "text/html").end("<html><h1>Welcome</h1></html>");
  }

  private static void cut(HttpServerResponse response, Answer answer) {
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
