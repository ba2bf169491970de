import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One of the two servers: its process, its topic, the load on it and what came of it. */
final class Contestant implements AutoCloseable {

  private final String name;
  private final String topic;
  private final Child server;
  private final Load load;
  private final List<Load.Round> rounds = new ArrayList<>();

  Contestant(String name, String topic, Child server, Load load) {
    this.name = name;
    this.topic = topic;
    this.server = server;
    this.load = load;
  }

  /** The compilers of the JVM have had their time after this; its webhooks are counted as well. */
  void warmUp(int seconds) throws Exception {
    report("warm-up", load.round(seconds));
  }

  void round(int number, int seconds) throws Exception {
    Load.Round round = load.round(seconds);
    rounds.add(round);
    report("round " + number, round);
  }

  double medianPerSecond() {
    return median(rounds.stream().mapToDouble(Load.Round::perSecond).toArray());
  }

  double medianP99Millis() {
    return median(rounds.stream().mapToDouble(Load.Round::p99Millis).toArray());
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

  boolean withoutErrors() {
    return rounds.stream().allMatch(round -> round.errors() == 0);
  }

  @Override
  public void close() throws InterruptedException {
    load.close();
    server.close();
  }

  private void report(String what, Load.Round round) {
    System.out.printf(
        "%-9s %-12s %8.0f/s   p50 %6.1f ms   p99 %6.1f ms   answers by status %s%n",
        what,
        name,
        round.perSecond(),
        round.latency().getValueAtPercentile(50) / 1000.0,
        round.p99Millis(),
        round.statuses());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
