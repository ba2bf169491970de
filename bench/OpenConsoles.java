import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;

/** Browsers that show pages of the console. */
final class OpenConsoles implements AutoCloseable {

  private static final int CONNECTIONS = 64;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final HttpClient http =
      vertx.createHttpClient(
          new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  private final List<OpenConsole> all = new ArrayList<>();

  /** Opens so many browsers, which show these pages in turn. */
  OpenConsoles(int port, int count, List<String> pages) {
    for (int i = 0; i < count; i++) {
      OpenConsole console = new OpenConsole(vertx, http, port, pages.get(i % pages.size()));
      all.add(console);
      context.runOnContext(start -> console.open());
    }
  }

  /** Says how often pages were loaded, and how long a load took on average. */
  @Override
  public String toString() {
    long loads = all.stream().mapToLong(OpenConsole::loads).sum();
    long millis = all.stream().mapToLong(OpenConsole::loadMillis).sum();
    return "%d consoles loaded %d pages, %d ms each, %d failures"
        .formatted(
            all.size(),
            loads,
            loads == 0 ? 0 : millis / loads,
            all.stream().mapToInt(OpenConsole::failures).sum());
  }

  @Override
  public void close() {
    context.runOnContext(end -> all.forEach(OpenConsole::close));
    http.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
