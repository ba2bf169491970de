import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One of the two servers: its process, its topic, the load on it and what came of it. */
final class Contestant implements AutoCloseable {

  private final String name;
  private final String topic;
  private final Child server;
  private final Load load;
  private final List<Result> rounds = new ArrayList<>();

  /**
   * @param cpuMicros processor time of the server for one accepted webhook; unlike the rate, it
   *     hardly depends on what else the machine does
   */
  private record Result(Load.Round round, double cpuMicros) {}

  Contestant(String name, String topic, Child server, Load load) {
    this.name = name;
    this.topic = topic;
    this.server = server;
    this.load = load;
  }

  /** The compilers of the JVM have had their time after this; its webhooks are counted as well. */
  void warmUp(int seconds) throws Exception {
    report("warm-up", measure(seconds));
  }

  void round(int number, int seconds) throws Exception {
    Result result = measure(seconds);
    rounds.add(result);
    report("round " + number, result);
  }

  double medianPerSecond() {
    return median(result -> result.round().perSecond());
  }

  double medianCpuMicros() {
    return median(Result::cpuMicros);
  }

  /**
   * Compares what was accepted with what the topic holds.
   *
   * @return whether nothing is missing
   */
  boolean reportStored(String bootstrapServers) {
    StoredWebhooks stored = StoredWebhooks.of(bootstrapServers, topic);
    int accepted = load.accepted().cardinality();
    int lost = stored.lost(load.accepted());
    System.out.printf(
        "%-12s 202s: %d   records in %s: %d   lost: %d%n",
        name, accepted, topic, stored.records(), lost);
    return lost == 0;
  }

  void reportMedians() {
    System.out.printf(
        "medians   %-12s %7.0f/s   p99 %5.1f ms   cpu %4.1f us each%n",
        name, medianPerSecond(), median(result -> result.round().p99Millis()), medianCpuMicros());
  }

  boolean withoutErrors() {
    return rounds.stream().allMatch(result -> result.round().errors() == 0);
  }

  @Override
  public void close() throws InterruptedException {
    load.close();
    server.close();
  }

  private Result measure(int seconds) throws Exception {
    Duration before = server.cpu();
    Load.Round round = load.round(seconds);
    double micros = server.cpu().minus(before).toNanos() / 1000.0;
    return new Result(round, micros / round.latency().getTotalCount());
  }

  private void report(String what, Result result) {
    Load.Round round = result.round();
    System.out.printf(
        "%-8s  %-12s %7.0f/s   p50 %5.1f ms   p99 %5.1f ms   cpu %4.1f us each   answers %s%n",
        what,
        name,
        round.perSecond(),
        round.latency().getValueAtPercentile(50) / 1000.0,
        round.p99Millis(),
        result.cpuMicros(),
        round.statuses());
  }

  private double median(ToDoubleFunction<Result> figure) {
    return Median.of(rounds.stream().mapToDouble(figure).boxed().toList());
  }
}
