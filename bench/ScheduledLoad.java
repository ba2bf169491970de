import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts leads by a schedule, to {@code /webhooks/leads}. A late response delays no later lead, so
 * that a pause of a program costs all leads that were due in it.
 */
final class ScheduledLoad implements AutoCloseable {

  /** Records with smaller numbers are not of this load. */
  static final int FIRST_RECORD = 10_000_000;

  private static final int CONNECTIONS = 128;
  private static final long PATIENCE_SECONDS = 60;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final HttpClient http =
      vertx.createHttpClient(
          new HttpClientOptions().setTcpNoDelay(true),
          new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  private final AtomicInteger nextRecord = new AtomicInteger(FIRST_RECORD);

  /**
   * Posts leads of new records. First it posts an event of each record, then the next one of each.
   *
   * @return the leads, once each has its response
   */
  List<SentLead> run(int port, int perSecond, int leads) throws InterruptedException {
    int records = Math.max(1, leads / Backlog.EVENTS_PER_RECORD);
    int first = nextRecord.getAndAdd(records);
    List<SentLead> all = new ArrayList<>(leads);
    CountDownLatch responses = new CountDownLatch(leads);
    long begin = System.nanoTime();
    for (int n = 0; n < leads; n++) {
      long at = begin + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
      SentLead lead = new SentLead(first + n % records, 1 + n / records, at);
      all.add(lead);
      awaitTime(at);
      context.runOnContext(due -> post(port, lead, responses));
    }
    responses.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return all;
  }

  private static void awaitTime(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void post(int port, SentLead lead, CountDownLatch responses) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/webhooks/leads")
            .putHeader("content-type", "application/json")
            .putHeader("x-webhook-token", TestBed.TOKEN);
    lead.sent();
    http.request(request)
        .compose(connected -> connected.send(lead.json()))
        .onComplete(
            done -> {
              lead.responded(done.succeeded() ? done.result().statusCode() : 0);
              responses.countDown();
            });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
