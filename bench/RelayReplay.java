import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Replays finished deliveries by the relay's operator API. */
final class RelayReplay implements Replay {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final long PATIENCE_SECONDS = 120;

  private final int port;
  private final Backlog backlog;
  private Instant since = Instant.EPOCH;

  RelayReplay(int port, Backlog backlog) {
    this.port = port;
    this.backlog = backlog;
  }

  /** Returns once the ledger holds this many new finished deliveries. */
  @Override
  public void prepare(int deliveries) throws Exception {
    since = Instant.now();
    backlog.append("solar.leads", "one", deliveries, 1);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (replay(deliveries, true).getInteger("matched") < deliveries) {
      if (System.nanoTime() > until) {
        throw new IOException("the deliveries to replay did not end");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Override
  public void start(int deliveries) throws Exception {
    JsonObject counted = replay(deliveries, false);
    if (counted.getInteger("matched") < deliveries) {
      throw new IOException("not all deliveries will be replayed: " + counted);
    }
  }

  private JsonObject replay(int deliveries, boolean dryRun)
      throws IOException, InterruptedException {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/api/deliveries/replay?state=delivered&destination=enerflo&force=true&since=%s&limit=%d&wait=false&dryRun=%b"
                .formatted(port, since, deliveries, dryRun));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + TestBed.TOKEN)
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("the relay does not replay: " + response.body());
    }
    return new JsonObject(response.body());
  }
}
