import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of the two programs that drain a backlog. */
final class Drain {

  private final String name;
  private final List<Child> pods;
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
   * @param otherMicros and of Kafka, the vendors and the rest of the bench
   */
  record Result(List<Seen> seen, double cpuMicros, double databaseMicros, double otherMicros) {

    double slowest() {
      return seen.stream().mapToDouble(Seen::callsPerSecond).min().orElse(0);
    }

    /** Nothing came twice or after something later. */
    boolean exact() {
      return seen.stream().allMatch(one -> one.repeated == 0 && one.outOfOrder == 0);
    }

    @Override
    public String toString() {
      return "%s   cpu a call: %.0f us, database %.0f us, others %.0f us"
          .formatted(
              String.join(", ", seen.stream().map(Seen::toString).toList()),
              cpuMicros,
              databaseMicros,
              otherMicros);
    }
  }

  /**
   * @param pods the program's processes
   * @param topicPrefix of a topic per kind of backlog; null where all are solar.leads
   * @param databasePrograms where PostgreSQL's programs are
   */
  Drain(
      String name,
      List<Child> pods,
      Vendors vendors,
      Backlog backlog,
      String topicPrefix,
      String databasePrograms) {
    this.name = name;
    this.pods = pods;
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
    Duration before = programCpu();
    Duration databaseBefore = databaseCpu();
    Duration benchBefore = benchCpu();
    String topic = topicPrefix == null ? "solar.leads" : topicPrefix + source;
    backlog.append(topic, source, events, Backlog.EVENTS_PER_RECORD);
    for (String destination : destinations) {
      vendors.awaitEvents(destination, events);
    }
    // the last are not answered yet, and a repetition would come now
    TimeUnit.SECONDS.sleep(2);
    double micros = micros(programCpu().minus(before));
    double databaseMicros = micros(databaseCpu().minus(databaseBefore));
    double otherMicros = micros(benchCpu().minus(benchBefore)) - micros;
    JsonObject figures = vendors.figures();
    List<Seen> seen = new ArrayList<>();
    for (String destination : destinations) {
      seen.add(Seen.of(destination, figures));
    }
    int calls = seen.stream().mapToInt(Seen::calls).sum();
    return new Result(seen, micros / calls, databaseMicros / calls, otherMicros / calls);
  }

  private Duration programCpu() {
    return pods.stream().map(Child::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** The processor time of the bench and everything it started, without PostgreSQL. */
  private Duration benchCpu() {
    ProcessHandle bench = ProcessHandle.current();
    return Stream.concat(Stream.of(bench), bench.descendants())
        .filter(process -> !isDatabase(process))
        .map(Drain::cpu)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Duration databaseCpu() {
    return ProcessHandle.allProcesses()
        .filter(this::isDatabase)
        .map(Drain::cpu)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private boolean isDatabase(ProcessHandle process) {
    return process.info().command().orElse("").startsWith(databasePrograms);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double micros(Duration duration) {
    return duration.toNanos() / 1000.0;
  }
}
