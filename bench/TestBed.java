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

/** A real Kafka and PostgreSQL, and the programs of a bench that use them. Ends them all. */
final class TestBed implements AutoCloseable {

  static final int FINISHED_ROWS = 1_000_000;
  static final String TOKEN = "bench";

  private static final String CLASSPATH = System.getProperty("java.class.path");

  private final Path work;
  private final LocalPostgres postgres;
  private final String kafka;
  private final List<Child> children = new ArrayList<>();

  /**
   * @param work a directory for the data and logs of all
   * @param topics topics of the hand-written program
   */
  TestBed(Path work, List<String> topics) throws Exception {
    this.work = work;
    this.postgres = LocalPostgres.start(work.resolve("postgres"), 0);
    String port = "" + Child.freePort();
    List<String> args = new ArrayList<>(List.of("-Xmx512m", "-cp", CLASSPATH, "Broker", port));
    args.addAll(topics);
    child(Child.start(work, "broker", Map.of(), args).saying("ready"));
    this.kafka = "127.0.0.1:" + port;
  }

  /** Kafka's host:port. */
  String kafka() {
    return kafka;
  }

  /** A JDBC URL with user and password. */
  String databaseUrl() throws IOException {
    return "%s?user=%s&password=%s"
        .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** Where PostgreSQL's programs are. */
  String databasePrograms() throws IOException {
    return work.toRealPath().resolve("postgres").toString();
  }

  /** Starts {@link SlowVendor} as a program. */
  Vendors vendors(int delayMillis) throws Exception {
    int port = Child.freePort();
    List<String> args =
        List.of("-Xmx256m", "-cp", CLASSPATH, "SlowVendor", "" + port, "" + delayMillis);
    child(Child.start(work, "vendor", Map.of(), args).saying("ready"));
    return new Vendors(port);
  }

  /**
   * @param topics {@code topic=destination,destination}
   */
  Child handWrittenDelivery(Vendors vendors, int inFlight, List<String> topics) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                CLASSPATH,
                "HandWrittenDelivery",
                kafka,
                databaseUrl(),
                "" + vendors.port(),
                "" + inFlight));
    args.addAll(topics);
    return child(Child.start(work, "hand-written", Map.of(), args).saying("ready"));
  }

  Child handWrittenIntake(int port, String topic) throws Exception {
    List<String> args =
        List.of(
            "-Xmx512m",
            // the relay's own limit, which Vert.x finds on the class path
            "-Drelay.server.request-deadline=PT0S",
            "-cp",
            CLASSPATH,
            "HandWrittenIntake",
            "" + port,
            kafka,
            topic,
            TOKEN);
    return child(Child.start(work, "hand-written-intake", Map.of(), args).servingWebhooksOn(port));
  }

  /** One pod of the packaged program, with the fan-out of {@code drain-fan-out.camel.yaml}. */
  Child relay(int port, Vendors vendors, int inFlight) throws Exception {
    return relay("relay", port, vendors, inFlight);
  }

  /**
   * @param inFlight calls at once, per destination and pod
   */
  List<Child> relays(int pods, Vendors vendors, int inFlight) throws Exception {
    List<Child> relays = new ArrayList<>();
    for (int pod = 1; pod <= pods; pod++) {
      relays.add(relay("relay-" + pod, Child.freePort(), vendors, inFlight));
    }
    return relays;
  }

  private Child relay(String name, int port, Vendors vendors, int inFlight) throws Exception {
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
            Map.entry("RELAY_ROUTES_DIR", routes().toString()),
            Map.entry("RELAY_IN_FLIGHT", "" + inFlight),
            Map.entry("RELAY_OPERATOR_TOKEN", TOKEN),
            Map.entry("ENERFLO_URL", vendors.url()),
            Map.entry("ENERFLO_API_KEY", "bench"),
            Map.entry("ENERFLO_RATE_LIMIT", "0"),
            Map.entry("SOLARPROOF_URL", vendors.url()),
            Map.entry("SOLARPROOF_API_KEY", "bench"),
            Map.entry("CRM_WEBHOOK_URL", vendors.url() + "/crm"),
            Map.entry("CRM_WEBHOOK_SECRET", "whsec_YmVuY2gtY3JtLXNlY3JldA=="),
            Map.entry("WEBHOOK_TOKEN_ENERFLO", TOKEN),
            Map.entry("WEBHOOK_TOKEN_LEADS", TOKEN));
    String program = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString();
    List<String> command = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
    String extra = System.getenv("BENCH_JAVA_OPTS");
    if (extra != null && !extra.isBlank()) {
      command.addAll(List.of(extra.trim().split(" +")));
    }
    command.addAll(List.of("-jar", program));
    return child(Child.start(work, name, environment, command).servingWebhooksOn(port));
  }

  /** The routes as they are, but for the bench's own fan-out. */
  private Path routes() throws IOException {
    Path source = Path.of("routes").toAbsolutePath();
    Path copy = work.resolve("routes");
    if (Files.exists(copy)) {
      return copy;
    }
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(source.relativize(file).toString()));
      }
    }
    Path fanOut = copy.resolve("fan-out.camel.yaml");
    Files.writeString(fanOut, Files.readString(Path.of("bench/drain-fan-out.camel.yaml")));
    return copy;
  }

  /**
   * Fills the history of both programs, as months of work leave it behind and autovacuum has long
   * seen it.
   */
  void fillHistory() throws IOException, SQLException {
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
              insert into delivery_ledger (id, source, event_id, destination, record, state, attempts, status,
                late, created_at, first_attempt_at, last_attempt_at, finished_at)
              select nextval('delivery_number'), 'past', 'past-' || n, 'enerflo', 'past:past-' || n / 4,
                'delivered', 1, 200, false, at, at, at, at
              from generate_series(1, %d) n, (select now() - interval '1 day' as at) as past
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
