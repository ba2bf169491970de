import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The capacity model of {@code docs/scale.md}. Predicts the rates of {@code bench/drain} from
 * measured processor times, and sizes a cluster. It is deterministic and needs the JDK only. It
 * prints the tables of the page as Markdown; ScalePageTest compares them.
 */
final class ScaleModel {

  /** Everything that was measured or assumed. Times are µs of one core. */
  private enum Given {
    CORES(2, "cores", "the machine of the benches, shared by all processes"),
    BENCH_IN_FLIGHT(64, "calls", "bench/drain, per destination and pod"),
    BENCH_RESPONSE(51_000, "µs", "bench/drain: 50 ms, by a timer that ends up to 1 ms later"),
    RELAY_WEBHOOK(29, "µs", "bench/intake, 24 to 29"),
    RELAY_TRANSLATE(45, "µs", "assumed: as fan-out, which also reads a record and its JSON"),
    RELAY_EVENT(45, "µs", "bench/drain, thread fan-out: 12 to 15 a call, 3.25 calls an event"),
    RELAY_CALL(
        150, "µs", "bench/drain, three destinations: 147 to 177 less RELAY_EVENT, JIT included"),
    POSTGRES_EVENT(20, "µs", "bench/drain: 137 to 164 with one destination, 115 with three"),
    POSTGRES_DELIVERY(117, "µs", "the same; all processes of PostgreSQL, sound plans"),
    POSTGRES_ALONE(900, "µs", "bench/queue, a batch of 1, statements only: 750 to 1,130"),
    BENCH_EVENT(
        157, "µs", "bench/drain: Kafka, vendors and bench, 187 a call with one destination"),
    BENCH_CALL(30, "µs", "the same, 78 a call with three destinations"),
    KAFKA_MESSAGE(22, "µs", "bench/drain: Kafka's 27 a call, for an event and three outcomes"),
    LOG_BYTES(2_100, "bytes", "bench/queue, write-ahead log of a delivery, three destinations"),
    FULL_PAGES(2, "times", "assumed: full-page writes after checkpoints double the log"),
    EVENT_BYTES(
        3_000, "bytes", "bench/drain: tables and indexes, 1,900 with 1.8 deliveries, rounded up"),
    KAFKA_BYTES(4_000, "bytes", "webhook 1 kB, event 1 kB, three outcomes of 0.6 kB, headers"),
    DESTINATIONS(3, "", "deliveries of an event, one call each"),
    PEAK(10, "times", "assumed: the busiest minute against the mean of the day"),
    UTILISATION(0.5, "", "of cores at the peak, so that a call is served in 1.3 times its time"),
    VENDOR_RESPONSE(300_000, "µs", "assumed; Enerflo and Solar Proof publish none"),
    IN_FLIGHT(32, "calls", "RELAY_IN_FLIGHT, per destination and pod"),
    MOST_IN_FLIGHT(256, "calls", "assumed: what a pod of 512 MiB should hold, per destination"),
    POD_CORES(2, "cores", "docs/deploy.md, limit of a pod"),
    BATCH_WINDOW(10_000, "µs", "assumed: a worker's turn, a take and a record of 2 to 5 ms each"),
    CONNECTIONS(16, "", "quarkus.datasource.jdbc.max-size"),
    PARTITIONS(12, "", "relay.kafka.partitions"),
    KAFKA_REPLICAS(3, "", "k8s/components/strimzi"),
    KAFKA_DAYS(7, "days", "k8s/components/strimzi"),
    RETENTION_DAYS(37, "days", "RELAY_RETENTION of 30 days, deleted by whole weeks"),
    ENERFLO_DAY(432_000, "calls", "Enerflo's 300 calls a minute");

    private final double value;
    private final String unit;
    private final String source;

    Given(double value, String unit, String source) {
      this.value = value;
      this.unit = unit;
      this.source = source;
    }
  }

  private static final double DAY_SECONDS = 86_400;
  private static final double MICROS = 1_000_000;
  private static final int EVENTS = 20_000;
  private static final int EVENTS_PER_RECORD = 4;

  private ScaleModel() {}

  public static void main(String... args) {
    Locale.setDefault(Locale.ROOT);
    print("limits", limits());
    print("latency", latency());
    print("sizes", sizes());
    print("drain", drain());
    print("parameters", parameters());
  }

  /** The comment finds the table's place in the page. */
  private static void print(String name, String table) {
    System.out.printf("<!-- bench/scale %s -->%n%n%s%n", name, table);
  }

  private static String parameters() {
    Table table = new Table("Parameter", "Value", "Source");
    for (Given given : Given.values()) {
      table.row("`" + given.name() + "`", number(given.value) + " " + given.unit, given.source);
    }
    return table.toString();
  }

  /** A scenario of bench/drain, with the rate of its slowest destination, median of rounds. */
  private enum Scenario {
    ONE_POD_ONE(1, 1, 1_232),
    ONE_POD_THREE(1, 3, 1_210),
    TWO_PODS_ONE(2, 1, 0),
    TWO_PODS_THREE(2, 3, 0);

    private final int pods;
    private final int destinations;
    private final double measured;

    Scenario(int pods, int destinations, double measured) {
      this.pods = pods;
      this.destinations = destinations;
      this.measured = measured;
    }

    /** Calls for an event: Solar Proof needs two for the first event of a record. */
    double callsPerEvent() {
      return destinations == 1 ? 1 : destinations + 1.0 / EVENTS_PER_RECORD;
    }

    /** The most calls a second at a destination, by calls in flight. */
    double byInFlight() {
      return pods * value(Given.BENCH_IN_FLIGHT) * MICROS / value(Given.BENCH_RESPONSE);
    }

    /** The most calls a second at a destination, by processor time. */
    double byCores() {
      return value(Given.CORES) * MICROS / eventMicros() * callsPerEvent() / destinations;
    }

    private double eventMicros() {
      return fanOutMicros() + deliveryMicros() * destinations + callMicros() * callsPerEvent();
    }

    static double fanOutMicros() {
      return value(Given.RELAY_EVENT) + value(Given.POSTGRES_EVENT) + value(Given.BENCH_EVENT);
    }

    static double deliveryMicros() {
      return value(Given.POSTGRES_DELIVERY);
    }

    static double callMicros() {
      return value(Given.RELAY_CALL) + value(Given.BENCH_CALL);
    }
  }

  private static String drain() {
    Table table =
        new Table(
            "Pods",
            "Destinations",
            "Bound by calls in flight",
            "Bound by cores",
            "Simulated",
            "Measured",
            "Difference");
    for (Scenario scenario : Scenario.values()) {
      double simulated = new Simulation(scenario).slowest();
      table.row(
          scenario.pods,
          scenario.destinations,
          rounded(scenario.byInFlight(), 10),
          rounded(scenario.byCores(), 10),
          rounded(simulated, 10),
          scenario.measured == 0 ? "not yet" : number(scenario.measured),
          scenario.measured == 0
              ? "–"
              : "%+.0f %%".formatted((simulated / scenario.measured - 1) * 100));
    }
    return table.toString();
  }

  /**
   * Runs a scenario of bench/drain event by event: all work waits for one of the shared cores in
   * the order of its arrival, and a call leaves them while the vendor has it.
   */
  private static final class Simulation {

    private record Due(double micros, long number, Runnable action) implements Comparable<Due> {
      @Override
      public int compareTo(Due other) {
        int byTime = Double.compare(micros, other.micros);
        return byTime == 0 ? Long.compare(number, other.number) : byTime;
      }
    }

    private record Work(double micros, Runnable next) {}

    /** A destination with the calls that all pods may have in flight. */
    private final class Vendor {
      private final boolean looksUp;
      private int freeSlots = (int) (scenario.pods * value(Given.BENCH_IN_FLIGHT));
      private final Queue<Integer> waiting = new ArrayDeque<>();
      private int calls;
      private double first;
      private double last;

      private Vendor(boolean looksUp) {
        this.looksUp = looksUp;
      }

      void add(int event) {
        waiting.add(event);
        startNext();
      }

      private void startNext() {
        if (freeSlots == 0 || waiting.isEmpty()) {
          return;
        }
        freeSlots--;
        boolean firstOfRecord = waiting.remove() < EVENTS / EVENTS_PER_RECORD;
        work(Scenario.deliveryMicros(), () -> call(looksUp && firstOfRecord ? 2 : 1));
      }

      /** Half of a call's processor time comes before the request, half after the response. */
      private void call(int left) {
        work(
            Scenario.callMicros() / 2,
            () -> {
              first = calls++ == 0 ? now : first;
              later(value(Given.BENCH_RESPONSE), () -> respond(left));
            });
      }

      private void respond(int left) {
        last = now;
        work(
            Scenario.callMicros() / 2,
            () -> {
              if (left > 1) {
                call(left - 1);
              } else {
                freeSlots++;
                startNext();
              }
            });
      }

      double callsPerSecond() {
        return calls * MICROS / (last - first);
      }
    }

    private final Scenario scenario;
    private final List<Vendor> vendors = new ArrayList<>();
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final Queue<Work> ready = new ArrayDeque<>();
    private int freeCores = (int) value(Given.CORES);
    private int nextEvent;
    private long number;
    private double now;

    private Simulation(Scenario scenario) {
      this.scenario = scenario;
      for (int i = 1; i <= scenario.destinations; i++) {
        vendors.add(new Vendor(i == 3));
      }
    }

    double slowest() {
      for (int pod = 0; pod < scenario.pods; pod++) {
        fanOut();
      }
      while (!agenda.isEmpty()) {
        Due due = agenda.remove();
        now = due.micros;
        due.action.run();
      }
      return vendors.stream().mapToDouble(Vendor::callsPerSecond).min().orElseThrow();
    }

    /** One thread of a pod, one event after the other. */
    private void fanOut() {
      if (nextEvent == EVENTS) {
        return;
      }
      int event = nextEvent++;
      work(
          Scenario.fanOutMicros(),
          () -> {
            vendors.forEach(vendor -> vendor.add(event));
            fanOut();
          });
    }

    private void work(double micros, Runnable next) {
      ready.add(new Work(micros, next));
      startWork();
    }

    private void startWork() {
      if (freeCores == 0 || ready.isEmpty()) {
        return;
      }
      freeCores--;
      Work work = ready.remove();
      later(
          work.micros,
          () -> {
            freeCores++;
            work.next.run();
            startWork();
          });
    }

    private void later(double micros, Runnable action) {
      agenda.add(new Due(now + micros, number++, action));
    }
  }

  /** Where each part ends, if it works alone and without a pause. */
  private static String limits() {
    double relay = relayMicros();
    double kafka = value(Given.KAFKA_MESSAGE) * messages();
    Table table = new Table("Part", "Needs for an event", "A second", "Events a day");
    core(table, "intake, one core", value(Given.RELAY_WEBHOOK));
    core(table, "translate, one thread of a pod", value(Given.RELAY_TRANSLATE));
    core(
        table,
        "fan-out, one thread of a pod, which waits for PostgreSQL",
        value(Given.RELAY_EVENT) + value(Given.POSTGRES_EVENT));
    core(table, "deliver, one core", destinations() * value(Given.RELAY_CALL));
    core(table, "**relay, one core, all stages**", relay);
    core(table, "**PostgreSQL, one core, large batches**", postgresMicros());
    core(table, "PostgreSQL, one core, batches of 1", postgresAloneMicros());
    core(table, "Kafka, one core of a broker", kafka);
    double perPod = value(Given.IN_FLIGHT) * MICROS / value(Given.VENDOR_RESPONSE);
    table.row(
        "calls in flight of one pod, at one destination",
        "%s ms in one of %s slots"
            .formatted(number(value(Given.VENDOR_RESPONSE) / 1000), number(value(Given.IN_FLIGHT))),
        number(perPod),
        millions(perPod * DAY_SECONDS));
    table.row(
        "**Enerflo, one key**",
        "one call",
        number(value(Given.ENERFLO_DAY) / DAY_SECONDS),
        millions(value(Given.ENERFLO_DAY)));
    return table.toString();
  }

  private static void core(Table table, String part, double micros) {
    double perSecond = MICROS / micros;
    table.row(
        part, number(micros) + " µs", rounded(perSecond, 10), millions(perSecond * DAY_SECONDS));
  }

  /** The time at cores against the time without waiting: 1 / (1 - utilisation ^ cores). */
  private static String latency() {
    int[] cores = {1, 2, 4, 8, 16};
    List<Object> header = new ArrayList<>(List.of("Utilisation"));
    for (int count : cores) {
      header.add(count == 1 ? "1 core" : count + " cores");
    }
    Table table = new Table(header.toArray());
    for (double utilisation : new double[] {0.3, 0.5, 0.7, 0.8, 0.9, 0.95}) {
      List<Object> row = new ArrayList<>(List.of("%.0f %%".formatted(utilisation * 100)));
      for (int count : cores) {
        row.add("%.1f".formatted(1 / (1 - Math.pow(utilisation, count))));
      }
      table.row(row.toArray());
    }
    return table.toString();
  }

  private static String sizes() {
    Table table =
        new Table(
            "Events a day",
            "Peak, events/s",
            "Pods",
            "`RELAY_IN_FLIGHT`",
            "Relay cores",
            "PostgreSQL cores",
            "Log, MB/s",
            "PostgreSQL disk",
            "Kafka disk",
            "Connections",
            "Partitions",
            "Enerflo keys");
    for (double events : new double[] {1e4, 1e5, 1e6, 1e7, 1e8}) {
      size(table, events);
    }
    return table.toString();
  }

  private static void size(Table table, double events) {
    double peak = events / DAY_SECONDS * value(Given.PEAK);
    double relayCores = peak * relayMicros() / MICROS / value(Given.UTILISATION);
    double inFlight = peak * value(Given.VENDOR_RESPONSE) / MICROS / value(Given.UTILISATION);
    double needed =
        Math.ceil(
            Math.max(relayCores / value(Given.POD_CORES), inFlight / value(Given.MOST_IN_FLIGHT)));
    double pods = 1 + Math.max(1, needed);
    double batch = Math.max(1, peak / pods * value(Given.BATCH_WINDOW) / MICROS);
    double postgres = postgresMicros() + (postgresAloneMicros() - postgresMicros()) / batch;
    double postgresCores = peak * postgres / MICROS / value(Given.UTILISATION);
    double log = peak * destinations() * value(Given.LOG_BYTES) * value(Given.FULL_PAGES) / 1e6;
    double disk = events * value(Given.RETENTION_DAYS) * value(Given.EVENT_BYTES);
    double kafka =
        events * value(Given.KAFKA_DAYS) * value(Given.KAFKA_BYTES) * value(Given.KAFKA_REPLICAS);
    double partitions = value(Given.PARTITIONS) * Math.ceil(pods / value(Given.PARTITIONS));
    table.row(
        number(events),
        decimal(peak),
        number(pods),
        number(Math.max(value(Given.IN_FLIGHT), Math.ceil(inFlight / (pods - 1)))),
        decimal(relayCores),
        decimal(postgresCores),
        decimal(log),
        bytes(disk),
        bytes(kafka),
        number((pods + 1) * value(Given.CONNECTIONS)),
        number(partitions),
        number(Math.ceil(events / value(Given.ENERFLO_DAY))));
  }

  /** Processor time of all stages of the relay for a webhook that becomes one event. */
  private static double relayMicros() {
    return value(Given.RELAY_WEBHOOK)
        + value(Given.RELAY_TRANSLATE)
        + value(Given.RELAY_EVENT)
        + destinations() * value(Given.RELAY_CALL);
  }

  /** Processor time of PostgreSQL for an event and its deliveries, in large batches. */
  private static double postgresMicros() {
    return value(Given.POSTGRES_EVENT) + destinations() * value(Given.POSTGRES_DELIVERY);
  }

  /** The same, where each transaction has one event or delivery. */
  private static double postgresAloneMicros() {
    return destinations() * value(Given.POSTGRES_ALONE);
  }

  /** Kafka's messages for an event: the webhook, the event and the outcomes. */
  private static double messages() {
    return 2 + destinations();
  }

  private static double destinations() {
    return value(Given.DESTINATIONS);
  }

  private static double value(Given given) {
    return given.value;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "%,.0f".formatted(value) : "%,.1f".formatted(value);
  }

  /** One decimal below ten, none above. */
  private static String decimal(double value) {
    return value < 0.05
        ? "below 0.1"
        : value < 10 ? "%.1f".formatted(value) : "%,.0f".formatted(value);
  }

  private static String rounded(double value, int to) {
    return number(Math.rint(value / to) * to);
  }

  private static String millions(double value) {
    return value < 1e6 ? number(value) : decimal(value / 1e6) + " million";
  }

  private static String bytes(double value) {
    return value < 1e12 ? decimal(value / 1e9) + " GB" : decimal(value / 1e12) + " TB";
  }

  /** A table of Markdown. */
  private static final class Table {
    private final StringBuilder text = new StringBuilder();

    Table(Object... header) {
      row(header);
      row(Arrays.stream(header).map(column -> "---").toArray());
    }

    void row(Object... cells) {
      for (Object cell : cells) {
        text.append("| ").append(String.valueOf(cell).strip()).append(' ');
      }
      text.append("|\n");
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
