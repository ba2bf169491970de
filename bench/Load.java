import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends webhooks to one server over keep-alive connections, on each the next one as soon as the
 * last is answered. It writes HTTP by hand: on two cores, what the sender burns the servers lack.
 */
final class Load {

  private static final int CONNECTIONS = 128;
  private static final long PATIENCE_SECONDS = 15;

  /** One event loop, so nothing below is ever touched by two threads at once. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  private final NetClient net =
      vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(2_000));
  private final int port;
  private final Webhooks webhooks;
  private final BitSet accepted = new BitSet();
  private int next;

  Load(int port, String token) {
    this.port = port;
    this.webhooks = new Webhooks(port, token);
  }

  /**
   * What happened in one round.
   *
   * @param latency in microseconds, of the answers with status 202
   * @param statuses how many answers by status; 0 stands for a connection that broke
   */
  record Round(double perSecond, Histogram latency, Map<Integer, Long> statuses) {

    long errors() {
      return statuses.entrySet().stream()
          .filter(answers -> answers.getKey() != 202)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    double p99Millis() {
      return latency.getValueAtPercentile(99) / 1000.0;
    }
  }

  /** Returns once every webhook of the round has its answer. */
  Round round(int seconds) throws Exception {
    Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
    Map<Integer, Long> statuses = new TreeMap<>();
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    CompletableFuture<Void> done = new CompletableFuture<>();
    int[] open = {CONNECTIONS};
    Sender.Listener listener =
        new Sender.Listener() {
          @Override
          public int next() {
            return System.nanoTime() < end ? next++ : Sender.NO_MORE;
          }

          @Override
          public void answered(int number, int status, long nanos) {
            statuses.merge(status, 1L, Long::sum);
            if (status == 202) {
              accepted.set(number);
              latency.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
            }
          }

          @Override
          public void closed() {
            if (--open[0] == 0) {
              done.complete(null);
            }
          }
        };
    vertx.runOnContext(
        start -> {
          for (int i = 0; i < CONNECTIONS; i++) {
            new Sender(net, port, webhooks, listener).connect();
          }
        });
    done.get(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
    double took = (System.nanoTime() - begin) / 1e9;
    return new Round(latency.getTotalCount() / took, latency, statuses);
  }

  /** The numbers of all webhooks that were answered with 202, in all rounds. */
  BitSet accepted() {
    return accepted;
  }

  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
