import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the console in a browser: listens to the stream of changes, and loads the page again as
 * {@code console.js} does. Runs on one event loop.
 */
final class OpenConsole {

  private static final Pattern KINDS = Pattern.compile("data-changes=\"([^\"]*)\"");
  private static final long SHORTEST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = 30_000;
  private static final int SHARE = 20;
  private static final long ADVANCE_MILLIS = 10_000;

  private final Vertx vertx;
  private final HttpClient http;
  private final int port;
  private final String page;
  private final Set<String> kinds = new HashSet<>();
  private HttpClientResponse stream;
  private long sharedAt = Long.MIN_VALUE;
  private long renewAt;
  private boolean renewing;
  private boolean closed;
  private long loads;
  private long loadMillis;
  private int failures;

  OpenConsole(Vertx vertx, HttpClient http, int port, String page) {
    this.vertx = vertx;
    this.http = http;
    this.port = port;
    this.page = page;
  }

  /** How often the page was loaded. */
  long loads() {
    return loads;
  }

  long loadMillis() {
    return loadMillis;
  }

  /** Responses other than 200. */
  int failures() {
    return failures;
  }

  void open() {
    load();
    http.request(get("/console/stream"))
        .compose(request -> request.send())
        .onSuccess(
            response -> {
              stream = response;
              response.handler(this::received);
            })
        .onFailure(failure -> failures++);
  }

  void close() {
    closed = true;
    if (stream != null) {
      stream.request().reset();
    }
  }

  private void received(Buffer events) {
    boolean concerned =
        events
            .toString()
            .lines()
            .filter(line -> line.startsWith("data:"))
            .flatMap(line -> List.of(line.substring("data:".length()).strip().split(" ")).stream())
            .anyMatch(kinds::contains);
    if (concerned && !renewing && !closed) {
      renewing = true;
      long wait = Math.max(1, renewAt - now());
      vertx.setTimer(wait, due -> load());
    }
  }

  private void load() {
    long begin = now();
    http.request(get(page))
        .compose(request -> request.send())
        .compose(
            response -> {
              failures += response.statusCode() == 200 ? 0 : 1;
              return response.body();
            })
        .onComplete(
            done -> {
              long end = now();
              long took = end - begin;
              loads++;
              loadMillis += took;
              failures += done.succeeded() ? 0 : 1;
              renewing = false;
              sharedAt = Math.max(sharedAt, end - ADVANCE_MILLIS) + took * SHARE;
              sharedAt = Math.min(sharedAt, end + LONGEST_MILLIS);
              renewAt = Math.max(sharedAt, end + SHORTEST_MILLIS);
              if (done.succeeded() && kinds.isEmpty()) {
                Matcher found = KINDS.matcher(done.result().toString());
                while (found.find()) {
                  kinds.addAll(List.of(found.group(1).split(" ")));
                }
              }
            });
  }

  private RequestOptions get(String path) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI(path)
        .putHeader("authorization", "Bearer " + TestBed.TOKEN);
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
