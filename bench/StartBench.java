import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.solarrelay.standalone.LocalPostgres;

/**
 * Measures how long the program takes from its launch to its first 202, and what it weighs after a
 * thousand events: as a plain fast-jar, and the way the image starts it. Ends with 1 where the
 * image misses what it is built for.
 */
final class StartBench implements AutoCloseable {

  private static final String CLASSPATH = System.getProperty("java.class.path");
  private static final int EVENTS = 1_000;
  private static final int AT_ONCE = 8;
  private static final long VENDOR_MILLIS = 50;
  private static final double AT_MOST_OF_PLAIN = 0.5;
  private static final long AT_MOST_MEBIBYTES = 300;

  /** The memory limit of a container of 512 MiB, for both ways to start. */
  private static final List<String> CONTAINER = List.of("-XX:MaxRAM=512m");

  private record Way(String name, List<String> command, List<Double> seconds, List<Long> weights) {
    Way(String name, List<String> command) {
      this(name, command, new ArrayList<>(), new ArrayList<>());
    }

    double median() {
      return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }
  }

  private final Path work;
  private final LocalPostgres postgres;
  private final String kafka;
  private final Vendors vendors;
  private final List<Child> children = new ArrayList<>();
  private int leads;

  private StartBench(Path work) throws Exception {
    this.work = work;
    postgres = LocalPostgres.start(work.resolve("postgres"), 0);
    int kafkaPort = Child.freePort();
    child("broker", List.of("-Xmx512m", "-cp", CLASSPATH, "Broker", "" + kafkaPort, "bench.start"));
    kafka = "127.0.0.1:" + kafkaPort;
    vendors = new Vendors(Child.freePort());
    child(
        "vendor", List.of("-cp", CLASSPATH, "SlowVendor", "" + vendors.port(), "" + VENDOR_MILLIS));
  }

  /**
   * @param args a directory for everything, how many starts, the production build, the same after
   *     training, the Java that it was trained for
   */
  public static void main(String... args) throws Exception {
    String plain = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Way fastJar =
        new Way(
            "fast-jar, Java " + Runtime.version().feature(),
            command(
                plain, List.of("-XX:MaxRAMPercentage=50", "-jar", args[2] + "/quarkus-run.jar")));
    Way image =
        new Way("as in the image", command(args[4], List.of("@" + args[3] + "/start.args")));
    boolean good;
    try (StartBench bench = new StartBench(Path.of(args[0]))) {
      good = bench.compare(fastJar, image, Integer.parseInt(args[1]));
    }
    System.exit(good ? 0 : 1);
  }

  private boolean compare(Way fastJar, Way image, int starts) throws Exception {
    for (int start = 0; start <= starts; start++) {
      for (Way way : List.of(fastJar, image)) {
        boolean first = start == 0;
        measure(way, first || start == starts, first ? "warm-up" : "start " + start);
        if (first) {
          way.seconds.clear();
          way.weights.clear();
        }
      }
    }
    double ratio = image.median() / fastJar.median();
    long weight = image.weights.get(0);
    System.out.printf(
        "median    %s %.2f s   %s %.2f s   ratio %.2f (at most %.1f)%n",
        fastJar.name, fastJar.median(), image.name, image.median(), ratio, AT_MOST_OF_PLAIN);
    System.out.printf(
        "resident  %s %d MiB   %s %d MiB after %d events (under %d)%n",
        fastJar.name, fastJar.weights.get(0), image.name, weight, EVENTS, AT_MOST_MEBIBYTES);
    return ratio <= AT_MOST_OF_PLAIN && weight < AT_MOST_MEBIBYTES;
  }

  private void measure(Way way, boolean weigh, String what) throws Exception {
    try (Pod pod = Pod.launch(work.resolve("pod.log"), environment(), way.command)) {
      Duration took = pod.untilAccepted(lead());
      way.seconds.add(took.toMillis() / 1000.0);
      System.out.printf("%-9s %-20s %.2f s", what, way.name, took.toMillis() / 1000.0);
      if (weigh) {
        deliver(pod);
        way.weights.add(pod.residentMebibytes());
        System.out.printf("   %d MiB after %d events", way.weights.get(0), EVENTS);
      }
      System.out.println();
    }
  }

  /** A thousand leads, until all three vendors have each. */
  private void deliver(Pod pod) throws Exception {
    vendors.reset();
    ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<?>> sent = new ArrayList<>();
    for (int event = 0; event < EVENTS; event++) {
      String lead = lead();
      sent.add(
          senders.submit(
              () -> {
                pod.accept(lead);
                return null;
              }));
    }
    for (Future<?> one : sent) {
      one.get();
    }
    senders.shutdown();
    for (String vendor : SlowVendor.NAMES) {
      vendors.awaitEvents(vendor, EVENTS);
    }
  }

  private String lead() {
    return """
    {"id":"Record%1$d","firstName":"Record%1$d","lastName":"Event1","email":"record%1$d@example.com",\
    "phone":"(801) 555-0100","address":{"street":"1 Sample St","city":"Provo","state":"UT","zip":"84601"}}\
    """
        .formatted(++leads);
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", "" + Child.freePort());
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", "" + Child.freePort());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
    environment.put("RELAY_DB_URL", postgres.jdbcUrl());
    environment.put("RELAY_DB_USER", postgres.user());
    environment.put("RELAY_DB_PASSWORD", postgres.password());
    environment.put("RELAY_ROUTES_DIR", Path.of("routes").toAbsolutePath().toString());
    environment.put("ENERFLO_URL", vendors.url());
    environment.put("ENERFLO_API_KEY", "bench");
    environment.put("ENERFLO_RATE_LIMIT", "0");
    environment.put("SOLARPROOF_URL", vendors.url());
    environment.put("SOLARPROOF_API_KEY", "bench");
    environment.put("CRM_WEBHOOK_URL", vendors.url() + "/crm");
    environment.put("CRM_WEBHOOK_SECRET", "whsec_YmVuY2gtY3JtLXNlY3JldA==");
    environment.put("WEBHOOK_TOKEN_LEADS", "bench");
    return environment;
  }

  private static List<String> command(String java, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(CONTAINER);
    command.addAll(arguments);
    return command;
  }

  private void child(String name, List<String> arguments) throws Exception {
    children.add(0, Child.start(work, name, Map.of(), arguments).saying("ready"));
  }

  @Override
  public void close() throws Exception {
    for (Child child : children) {
      child.close();
    }
    postgres.close();
  }
}
