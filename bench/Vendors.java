import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** The bench's hand on the {@link SlowVendor} process. */
record Vendors(int port) {

  private static final long PATIENCE_SECONDS = 300;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  String url() {
    return "http://127.0.0.1:" + port;
  }

  JsonObject figures() throws IOException, InterruptedException {
    return new JsonObject(send("/figures"));
  }

  void reset() throws IOException, InterruptedException {
    send("/reset");
  }

  void down(String name) throws IOException, InterruptedException {
    send("/down?" + name);
  }

  void up(String name) throws IOException, InterruptedException {
    send("/up?" + name);
  }

  /** Returns once this many different events have come since the last reset. */
  void awaitEvents(String name, int events) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (figures().getJsonObject(name).getInteger("events") < events) {
      if (System.nanoTime() > until) {
        throw new IOException(
            "%d events of %s did not come: %s".formatted(events, name, figures()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private String send(String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString())
        .body();
  }
}
