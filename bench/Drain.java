import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the two programs that drain a backlog. */
final class Drain {

  private final String name;
  private final Child program;
  private final Vendors vendors;
  private final Backlog backlog;
  private final String topicPrefix;
  private final String databasePrograms;

  /** What the vendor of a destination saw. */
  record Seen(
      String destination,
      int calls,
      int events,
      int outOfOrder,
      int repeated,
      int atOnce,
      double seconds) {

    static Seen of(String destination, JsonObject all) {
      JsonObject one = all.getJsonObject(destination);
      return new Seen(
          destination,
          one.getInteger("calls"),
          one.getInteger("events"),
          one.getInteger("outOfOrder"),
          one.getInteger("repeated"),
          one.getInteger("mostAtOnce"),
          one.getDouble("seconds"));
    }

    double callsPerSecond() {
      return calls / seconds;
    }

    @Override
    public String toString() {
      return "%s %.0f/s (%d calls, %d at once, %d repeated, %d out of order)"
          .formatted(destination, callsPerSecond(), calls, atOnce, repeated, outOfOrder);
    }
  }

  /**
   * @param cpuMicros processor time of the program for one call; unlike the rate, it hardly depends
   *     on what else the machine does
   * @param databaseMicros and of PostgreSQL
   */
  record Result(List<Seen> seen, double cpuMicros, double databaseMicros) {

    double slowest() {
      return seen.stream().mapToDouble(Seen::callsPerSecond).min().orElse(0);
    }

    /** Nothing came twice or after something later. */
    boolean exact() {
      return seen.stream().allMatch(one -> one.repeated == 0 && one.outOfOrder == 0);
    }

    @Override
    public String toString() {
      return "%s   cpu a call: %.0f us, database %.0f us"
          .formatted(
              String.join(", ", seen.stream().map(Seen::toString).toList()),
              cpuMicros,
              databaseMicros);
    }
  }

  /**
   * @param topicPrefix of a topic per kind of backlog; null where all are solar.leads
   * @param databasePrograms where PostgreSQL's programs are
   */
  Drain(
      String name,
      Child program,
      Vendors vendors,
      Backlog backlog,
      String topicPrefix,
      String databasePrograms) {
    this.name = name;
    this.program = program;
    this.vendors = vendors;
    this.backlog = backlog;
    this.topicPrefix = topicPrefix;
    this.databasePrograms = databasePrograms;
  }

  String name() {
    return name;
  }

  /** Appends the events and returns once each destination has received all of them. */
  Result run(String source, List<String> destinations, int events) throws Exception {
    vendors.reset();
    Duration before = program.cpu();
    Duration databaseBefore = databaseCpu();
    String topic = topicPrefix == null ? "solar.leads" : topicPrefix + source;
    backlog.append(topic, source, events, Backlog.EVENTS_PER_RECORD);
    for (String destination : destinations) {
      vendors.awaitEvents(destination, events);
    }
    // the last are not answered yet, and a repetition would come now
    TimeUnit.SECONDS.sleep(2);
    double micros = program.cpu().minus(before).toNanos() / 1000.0;
    double databaseMicros = databaseCpu().minus(databaseBefore).toNanos() / 1000.0;
    JsonObject figures = vendors.figures();
    List<Seen> seen = new ArrayList<>();
    for (String destination : destinations) {
      seen.add(Seen.of(destination, figures));
    }
    int calls = seen.stream().mapToInt(Seen::calls).sum();
    return new Result(seen, micros / calls, databaseMicros / calls);
  }

  private Duration databaseCpu() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").startsWith(databasePrograms))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
