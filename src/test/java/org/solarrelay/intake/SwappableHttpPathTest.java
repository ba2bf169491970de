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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwappableHttpPathTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final BodyReader NOTHING_READ = new BodyReader(new BodyMemory(0), 0, 0, true);

  private final Vertx vertx = Vertx.vertx();
  private final Router router = Router.router(vertx);
  private final SwappableHttpPath mount = new SwappableHttpPath();
  private final Answering first = new Answering("first");
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
    Answering second = new Answering("second");
    begin(second);

    assertThat(between.get(5, TimeUnit.SECONDS).body()).isEqualTo("second");
    assertThat(get().join().body()).isEqualTo("second");
    assertThat(first.expected).as("each is expected before it enters").hasValue(1);
    assertThat(second.expected).hasValue(2);
  }

  @Test
  void aRouteThatHasItsSuccessorTakesNothingAwayWhenItLeaves() {
    begin(new Answering("second"));

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

  private void begin(SwappableHttpPath.Entrance entrance) {
    mount.serve(
        () ->
            router
                .route("/webhooks/*")
                .handler(
                    it ->
                        mount.enter(new ReceivedRequest(null, it.response(), NOTHING_READ, false))),
        entrance);
  }

  private CompletableFuture<HttpResponse<String>> get() {
    URI uri = URI.create("http://127.0.0.1:%d/webhooks/leads".formatted(server.actualPort()));
    return HTTP.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A route that responds with its name. */
  private record Answering(String name, AtomicInteger expected)
      implements SwappableHttpPath.Entrance {

    Answering(String name) {
      this(name, new AtomicInteger());
    }

    @Override
    public void expect() {
      expected.incrementAndGet();
    }

    @Override
    public void enter(ReceivedRequest arrival) {
      arrival.respond(new WebhookResponse(200, "text/plain", Map.of(), name));
    }
  }
}
