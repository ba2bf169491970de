import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.solarrelay.standalone.LocalPostgres;

/**
 * Measures how fast a backlog of leads drains to vendors that answer after 50 ms, for the relay and
 * the hand-written consumer in turn. Ends with 1 where an event did not arrive, arrived twice or
 * after a later one.
 */
final class DrainBench implements AutoCloseable {

  private static final String CLASSPATH = System.getProperty("java.class.path");
  private static final int DELAY_MILLIS = 50;
  private static final int IN_FLIGHT = 64;
  private static final int POSSIBLE = IN_FLIGHT * 1000 / DELAY_MILLIS;
  private static final int FINISHED_ROWS = 1_000_000;
  private static final List<String> ONE = List.of("enerflo");
  private static final List<String> THREE = SlowVendor.NAMES;

  private final int events;
  private final LocalPostgres postgres;
  private final String kafka;
  private final Vendors vendors;
  private final List<Drain> contestants;
  private final List<Child> children = new ArrayList<>();
  private boolean good = true;

  private DrainBench(Path work, int events) throws Exception {
    this.events = events;
    postgres = LocalPostgres.start(work.resolve("postgres"), 0);
    kafka = broker(work);
    vendors = vendors(work);
    Backlog backlog = new Backlog(kafka);
    String programs = work.toRealPath().resolve("postgres").toString();
    contestants =
        List.of(
            new Drain(
                "hand-written", handWritten(work), vendors, backlog, "hand-written.", programs),
            new Drain("relay", relay(work), vendors, backlog, null, programs));
  }

  /**
   * @param args a directory for everything, the number of leads, the number of rounds
   */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[2]);
    boolean good;
    try (DrainBench bench = new DrainBench(Path.of(args[0]), Integer.parseInt(args[1]))) {
      good = bench.run(rounds);
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run(int rounds) throws Exception {
    System.out.printf(
        "%d leads a round, vendors answer after %d ms, %d calls in flight: at most %d calls/s each%n",
        events, DELAY_MILLIS, IN_FLIGHT, POSSIBLE);
    each("warm-up: three destinations", "three", THREE, 1);
    each("warm-up: one destination", "one", ONE, 1);
    List<Double> alone = each("one destination", "one", ONE, rounds);
    List<Double> three = each("three destinations", "three", THREE, rounds);
    vendors.down("crm");
    List<Double> besideAnOutage = each("one, another is down", "pair", ONE, rounds);
    vendors.up("crm");
    vendors.awaitEvents("crm", contestants.size() * rounds * events);
    fillLedgers();
    List<Double> full = each("one, %d finished rows".formatted(FINISHED_ROWS), "one", ONE, rounds);
    System.out.println();
    for (int i = 0; i < contestants.size(); i++) {
      System.out.printf(
          "%-12s  one %.2f of the possible   each of three %.2f   beside an outage %.2f of alone"
              + "   with a million rows %.2f of before%n",
          contestants.get(i).name(),
          alone.get(i) / POSSIBLE,
          three.get(i) / POSSIBLE,
          besideAnOutage.get(i) / alone.get(i),
          full.get(i) / alone.get(i));
    }
    System.out.printf(
        "relay against hand-written: one %.2f   three %.2f   beside an outage %.2f   a million rows %.2f%n",
        alone.get(1) / alone.get(0),
        three.get(1) / three.get(0),
        besideAnOutage.get(1) / besideAnOutage.get(0),
        full.get(1) / full.get(0));
    return good;
  }

  /** The median rate of each contestant, at its slowest destination. */
  private List<Double> each(String what, String source, List<String> destinations, int rounds)
      throws Exception {
    List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        Drain.Result result = contestants.get(i).run(source, destinations, events);
        System.out.printf("%-32s %-12s %s%n", what, contestants.get(i).name(), result);
        rates.get(i).add(result.slowest());
        good &= result.exact();
      }
    }
    return rates.stream().map(DrainBench::median).toList();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What months of work leave behind, and autovacuum has long seen. */
  private void fillLedgers() throws IOException, SQLException {
    try (Connection database = DriverManager.getConnection(databaseUrl())) {
      for (String sql :
          List.of(
              """
              insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
                timestamp_ms, headers, value)
              select 'past', 'past-' || n, 'lead.submitted', 'past-' || n / 4, now() - interval '1 day',
                'solar.leads', 0, n, 0, '[]', convert_to(repeat('x', 400), 'UTF8')
              from generate_series(1, %d) n
              """,
              """
              insert into delivery (source, event_id, destination, record, state, attempts, due_at, status,
                first_attempt_at, last_attempt_at, finished_at)
              select 'past', 'past-' || n, 'enerflo', 'past:past-' || n / 4, 'delivered', 1,
                now() - interval '1 day', 200, now() - interval '1 day', now() - interval '1 day',
                now() - interval '1 day'
              from generate_series(1, %d) n
              """,
              """
              insert into hand_written.ledger (event_id, destination, status, vendor_id)
              select 'past-' || n, 'enerflo', 200, n from generate_series(1, %d) n
              """,
              "vacuum analyze")) {
        database.createStatement().execute(sql.formatted(FINISHED_ROWS));
      }
    }
  }

  private String broker(Path work) throws Exception {
    int port = Child.freePort();
    child(
        Child.start(
                work,
                "broker",
                Map.of(),
                List.of(
                    "-Xmx512m",
                    "-cp",
                    CLASSPATH,
                    "Broker",
                    "" + port,
                    "hand-written.one",
                    "hand-written.pair",
                    "hand-written.three"))
            .saying("ready"));
    return "127.0.0.1:" + port;
  }

  private Vendors vendors(Path work) throws Exception {
    int port = Child.freePort();
    List<String> command =
        List.of("-Xmx256m", "-cp", CLASSPATH, "SlowVendor", "" + port, "" + DELAY_MILLIS);
    child(Child.start(work, "vendor", Map.of(), command).saying("ready"));
    return new Vendors(port);
  }

  private Child handWritten(Path work) throws Exception {
    List<String> command =
        List.of(
            "-Xms512m",
            "-Xmx512m",
            "-cp",
            CLASSPATH,
            "HandWrittenDelivery",
            kafka,
            databaseUrl(),
            "" + vendors.port(),
            "" + IN_FLIGHT,
            "hand-written.one=enerflo",
            "hand-written.pair=enerflo,crm",
            "hand-written.three=enerflo,solarproof,crm");
    return child(Child.start(work, "hand-written", Map.of(), command).saying("ready"));
  }

  private Child relay(Path work) throws Exception {
    int port = Child.freePort();
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
            Map.entry("QUARKUS_HTTP_PORT", "" + port),
            Map.entry("QUARKUS_MANAGEMENT_HOST", "127.0.0.1"),
            Map.entry("QUARKUS_MANAGEMENT_PORT", "" + Child.freePort()),
            Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka),
            Map.entry("RELAY_DB_URL", postgres.jdbcUrl()),
            Map.entry("RELAY_DB_USER", postgres.user()),
            Map.entry("RELAY_DB_PASSWORD", postgres.password()),
            Map.entry("RELAY_ROUTES_DIR", routes(work).toString()),
            Map.entry("RELAY_IN_FLIGHT", "" + IN_FLIGHT),
            Map.entry("ENERFLO_URL", vendors.url()),
            Map.entry("ENERFLO_API_KEY", "bench"),
            Map.entry("ENERFLO_RATE_LIMIT", "0"),
            Map.entry("SOLARPROOF_URL", vendors.url()),
            Map.entry("SOLARPROOF_API_KEY", "bench"),
            Map.entry("CRM_WEBHOOK_URL", vendors.url() + "/crm"),
            Map.entry("CRM_WEBHOOK_SECRET", "whsec_YmVuY2gtY3JtLXNlY3JldA=="),
            Map.entry("WEBHOOK_TOKEN_ENERFLO", "bench"));
    String program = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString();
    List<String> command = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
    String extra = System.getenv("BENCH_JAVA_OPTS");
    if (extra != null && !extra.isBlank()) {
      command.addAll(List.of(extra.trim().split(" +")));
    }
    command.addAll(List.of("-jar", program));
    return child(Child.start(work, "relay", environment, command).servingWebhooksOn(port));
  }

  /** The routes as they are, but for the bench's own fan-out. */
  private static Path routes(Path work) throws IOException {
    Path source = Path.of("routes").toAbsolutePath();
    Path copy = work.resolve("routes");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(source.relativize(file).toString()));
      }
    }
    Path fanOut = copy.resolve("fan-out.camel.yaml");
    Files.writeString(fanOut, Files.readString(Path.of("bench/drain-fan-out.camel.yaml")));
    return copy;
  }

  private String databaseUrl() throws IOException {
    return "%s?user=%s&password=%s"
        .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private Child child(Child child) {
    children.add(0, child);
    return child;
  }

  @Override
  public void close() throws Exception {
    for (Child child : children) {
      child.close();
    }
    postgres.close();
  }
}
