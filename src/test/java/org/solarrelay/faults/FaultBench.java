package org.solarrelay.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Shared by all cases: one Kafka and one PostgreSQL, each in its own process, and vendors. */
final class FaultBench {

  static final FaultBench SHARED = start();

  final Broker broker;
  final Database database;
  final CountingVendors vendors;
  final FlipServer flip;
  final Topic topic;
  private final Path data;
  private Relay steady;

  private FaultBench() throws Exception {
    data = Files.createTempDirectory("relay-faults");
    broker = new Broker(data.resolve("kafka"));
    database = new Database(data.resolve("postgres"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    vendors = new CountingVendors();
    flip = new FlipServer();
    topic = new Topic(broker.bootstrapServers());
    database.start();
    broker.start();
  }

  private static FaultBench start() {
    try {
      return new FaultBench();
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Returns the running relay that cases share unless they stop it. */
  Relay steadyRelay() throws IOException {
    if (steady == null) {
      steady = relay("steady").start();
    }
    return steady;
  }

  /**
   * Stops the shared relay, for cases with their own: every relay on this Kafka and database takes
   * work.
   */
  void stopSteadyRelay() throws IOException, InterruptedException {
    if (steady != null) {
      steady.close();
      steady = null;
    }
  }

  /**
   * Not started yet.
   *
   * @param name of its log, and its key at Enerflo
   */
  Relay relay(String name) throws IOException {
    return relay(name, Map.of());
  }

  /**
   * The same with settings of its own.
   *
   * @param settings environment variables
   */
  Relay relay(String name, Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("RELAY_DB_URL", database.jdbcUrl());
    environment.put("RELAY_DB_USER", database.user());
    environment.put("RELAY_DB_PASSWORD", database.password());
    environment.put("ENERFLO_URL", vendors.url("enerflo"));
    environment.put("ENERFLO_API_KEY", name);
    environment.put("SOLARPROOF_URL", vendors.url("solarproof"));
    environment.put("SOLARPROOF_API_KEY", "faults-solarproof-key");
    environment.put("CRM_WEBHOOK_URL", vendors.url("crm") + "/crm");
    environment.put("CRM_WEBHOOK_SECRET", "whsec_ZmF1bHRzLWNybS1zZWNyZXQ=");
    environment.putAll(settings);
    return new Relay(name, environment);
  }

  /** Returns the check of the relay's results. */
  ConsistencyCheck consistencyCheck(Relay relay) {
    return new ConsistencyCheck(relay, vendors, topic);
  }

  /** Stops all processes and deletes all files, whatever signal ends this JVM. */
  private void end() {
    broker.end();
    database.end();
    try {
      BenchFolders.delete(data);
    } catch (IOException e) {
      System.err.println("left behind: " + data);
    }
  }
}
