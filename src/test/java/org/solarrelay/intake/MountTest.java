package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Vertx vertx = Vertx.vertx();
  private final Router router = Router.router(vertx);
  private final Mount mount = new Mount();
  private final Consumer<RoutingContext> first = answering("first");
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    begin(first);
  }

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void whoComesBetweenTwoRoutesWaitsForTheNext() throws Exception {
    assertThat(get().join().body()).isEqualTo("first");

    mount.leave(first, false);
    CompletableFuture<HttpResponse<String>> between = get();
    await().during(200, TimeUnit.MILLISECONDS).until(() -> !between.isDone());
    begin(answering("second"));

    assertThat(between.get(5, TimeUnit.SECONDS).body()).isEqualTo("second");
    assertThat(get().join().body()).isEqualTo("second");
  }

  @Test
  void aRouteThatHasItsSuccessorTakesNothingAwayWhenItLeaves() {
    begin(answering("second"));

    mount.leave(first, false);

    assertThat(get().join().body()).isEqualTo("second");
  }

  @Test
  void whereNoNextRouteComesSendersAreToComeAgainAndThePathIsGone() {
    mount.leave(first, false);

    HttpResponse<String> answer = get().join();

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(get().join().statusCode()).isEqualTo(404);
  }

  private void begin(Consumer<RoutingContext> reader) {
    mount.serve(arrived -> router.route("/webhooks/*").handler(arrived::accept), reader);
  }

  private static Consumer<RoutingContext> answering(String text) {
    return request -> request.response().end(text);
  }

  private CompletableFuture<HttpResponse<String>> get() {
    URI uri = URI.create("http://127.0.0.1:%d/webhooks/leads".formatted(server.actualPort()));
    return HTTP.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
