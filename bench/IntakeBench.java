import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Measures the relay's intake and the hand-written one in turn, both on the same broker, and counts
 * what that broker holds afterwards. Ends with 1 where an event was lost or not accepted.
 */
final class IntakeBench {

  private static final int WARM_UP_SECONDS = 20;
  private static final String CLASSPATH = System.getProperty("java.class.path");
  private static final String TOKEN = UUID.randomUUID().toString();
  private static final String RELAY_TOPIC = "solar.inbox";
  private static final String HAND_WRITTEN_TOPIC = "hand-written.inbox";

  private final Path work;
  private final String kafka;

  private IntakeBench(Path work, String kafka) {
    this.work = work;
    this.kafka = kafka;
  }

  /**
   * @param args a directory for everything, the number of rounds, the seconds of each
   */
  public static void main(String... args) throws Exception {
    Path work = Path.of(args[0]);
    int port = Child.freePort();
    List<String> command =
        List.of("-Xmx1g", "-cp", CLASSPATH, "Broker", "" + port, RELAY_TOPIC, HAND_WRITTEN_TOPIC);
    boolean good;
    try (Child kafka = Child.start(work, "broker", Map.of(), command).saying("ready")) {
      good =
          new IntakeBench(work, "127.0.0.1:" + port)
              .compare(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
    System.exit(good ? 0 : 1);
  }

  private boolean compare(int rounds, int seconds) throws Exception {
    try (Contestant handWritten = handWritten();
        Contestant relay = relay()) {
      handWritten.warmUp(WARM_UP_SECONDS);
      relay.warmUp(WARM_UP_SECONDS);
      for (int round = 1; round <= rounds; round++) {
        handWritten.round(round, seconds);
        relay.round(round, seconds);
      }
      handWritten.reportMedians();
      relay.reportMedians();
      System.out.printf(
          "ratio     rate %.2f   cpu per webhook %.2f%n",
          relay.medianPerSecond() / handWritten.medianPerSecond(),
          relay.medianCpuMicros() / handWritten.medianCpuMicros());
      boolean nothingLost = handWritten.reportStored(kafka) & relay.reportStored(kafka);
      return nothingLost && handWritten.withoutErrors() && relay.withoutErrors();
    }
  }

  private Contestant handWritten() throws IOException, InterruptedException {
    int port = Child.freePort();
    List<String> arguments =
        List.of(
            // the relay's own limit, which Vert.x finds on the class path
            "-Drelay.server.request-deadline=PT0S",
            "-cp",
            CLASSPATH,
            "HandWrittenIntake",
            "" + port,
            kafka,
            HAND_WRITTEN_TOPIC,
            TOKEN);
    Child server = start("hand-written", Map.of(), arguments, port);
    return new Contestant("hand-written", HAND_WRITTEN_TOPIC, server, new Load(port, TOKEN));
  }

  /** The packaged program, without consumers: nothing but intake runs in it. */
  private Contestant relay() throws IOException, InterruptedException {
    int port = Child.freePort();
    Map<String, String> environment =
        Map.of(
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            "" + port,
            "QUARKUS_MANAGEMENT_HOST",
            "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT",
            "" + Child.freePort(),
            "KAFKA_BOOTSTRAP_SERVERS",
            kafka,
            // an unused port: intake does not use PostgreSQL
            "RELAY_DB_URL",
            "jdbc:postgresql://127.0.0.1:" + Child.freePort() + "/none",
            "RELAY_CONSUMERS_ENABLED",
            "false",
            "RELAY_ROUTES_DIR",
            Path.of("routes").toAbsolutePath().toString(),
            "WEBHOOK_TOKEN_ENERFLO",
            TOKEN,
            // a vendor that is named, and off without a key, keeps the simulated ones away
            "CRM_WEBHOOK_URL",
            "http://127.0.0.1");
    String program = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString();
    Child server = start("relay", environment, List.of("-jar", program), port);
    return new Contestant("relay", RELAY_TOPIC, server, new Load(port, TOKEN));
  }

  private Child start(String name, Map<String, String> environment, List<String> args, int port)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
    String extra = System.getenv("BENCH_JAVA_OPTS");
    if (extra != null && !extra.isBlank()) {
      command.addAll(List.of(extra.trim().split(" +")));
    }
    command.addAll(args);
    return Child.start(work, name, environment, command).servingWebhooksOn(port);
  }
}
