package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwappableHttpPathTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final BodyReader NO_BODY = new BodyReader(new BodyMemory(0), 0, 0, true);

  private final Vertx vertx = Vertx.vertx();
  private final Router router = Router.router(vertx);
  private final Queue<WebhookResponse> rejected = new ConcurrentLinkedQueue<>();
  private final SwappableHttpPath httpPath =
      new SwappableHttpPath((request, response) -> rejected.add(response));
  private final NamedRoute first = new NamedRoute("first");
  private HttpServer server;

  @BeforeEach
  void startServer() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    serve(first);
  }

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void aRequestBetweenTwoRoutesWaitsForTheNext() throws Exception {
    assertThat(get().join().body()).isEqualTo("first");

    httpPath.withdraw(first, false);
    CompletableFuture<HttpResponse<String>> between = get();
    await().during(200, TimeUnit.MILLISECONDS).until(() -> !between.isDone());
    NamedRoute second = new NamedRoute("second");
    serve(second);

    assertThat(between.get(5, TimeUnit.SECONDS).body()).isEqualTo("second");
    assertThat(get().join().body()).isEqualTo("second");
    assertThat(first.begun).as("each request is announced before it enters").hasValue(1);
    assertThat(second.begun).hasValue(2);
  }

  @Test
  void aReplacedRouteLeavesThePathToItsSuccessor() {
    serve(new NamedRoute("second"));

    httpPath.withdraw(first, false);

    assertThat(get().join().body()).isEqualTo("second");
  }

  @Test
  void withoutANextRouteSendersGet503AndThePathIsRemoved() {
    httpPath.withdraw(first, false);

    HttpResponse<String> response = get().join();

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    await()
        .untilAsserted(
            () ->
                assertThat(rejected)
                    .extracting(WebhookResponse::rejection)
                    .containsExactly(Optional.of(RejectionReason.NOT_OPEN)));
    assertThat(get().join().statusCode()).isEqualTo(404);
  }

  private void serve(SwappableHttpPath.RouteEntry entry) {
    httpPath.serve(
        () ->
            router
                .route("/webhooks/*")
                .handler(
                    it ->
                        httpPath.enter(
                            new ReceivedRequest(null, null, it.response(), NO_BODY, false))),
        entry);
  }

  private CompletableFuture<HttpResponse<String>> get() {
    URI uri = URI.create("http://127.0.0.1:%d/webhooks/leads".formatted(server.actualPort()));
    return HTTP.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A route that responds with its name and counts its requests. */
  private record NamedRoute(String name, AtomicInteger begun)
      implements SwappableHttpPath.RouteEntry {

    NamedRoute(String name) {
      this(name, new AtomicInteger());
    }

    @Override
    public void beginRequest() {
      begun.incrementAndGet();
    }

    @Override
    public void enter(ReceivedRequest request) {
      request.respond(new WebhookResponse(200, "text/plain", Map.of(), name, Optional.empty()));
    }
  }
}
