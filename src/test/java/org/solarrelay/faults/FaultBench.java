package org.solarrelay.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.solarrelay.standalone.LocalPostgres;

/** What all cases share: one Kafka and one PostgreSQL, each a process of its own, and vendors. */
final class FaultBench {

  static final FaultBench SHARED = start();

  final Broker broker;
  final CountingVendors vendors;
  private final Path data;
  private final int databasePort = ChildJvm.freePort();
  private LocalPostgres postgres;
  private Relay steady;

  private FaultBench() throws Exception {
    data = Files.createTempDirectory("relay-faults");
    broker = new Broker(data.resolve("kafka"));
    vendors = new CountingVendors();
    startDatabase();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    broker.start();
  }

  private static FaultBench start() {
    try {
      return new FaultBench();
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void startDatabase() throws IOException {
    postgres = LocalPostgres.start(data.resolve("postgres"), databasePort);
  }

  void stopDatabase() throws IOException {
    postgres.close();
  }

  /** A running relay, the same for every case that does not end it. */
  Relay steadyRelay() throws IOException {
    if (steady == null) {
      steady = relay("steady").start();
    }
    return steady;
  }

  /** For cases with relays of their own: every relay on this Kafka and database does some work. */
  void stopSteadyRelay() throws InterruptedException {
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
    Map<String, String> services = new HashMap<>();
    services.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    services.put("RELAY_DB_URL", postgres.jdbcUrl());
    services.put("RELAY_DB_USER", postgres.user());
    services.put("RELAY_DB_PASSWORD", postgres.password());
    services.put("ENERFLO_URL", vendors.url());
    services.put("ENERFLO_API_KEY", name);
    services.put("SOLARPROOF_URL", vendors.url());
    services.put("SOLARPROOF_API_KEY", "faults-solarproof-key");
    services.put("CRM_WEBHOOK_URL", vendors.url() + "/crm");
    services.put("CRM_WEBHOOK_SECRET", "whsec_ZmF1bHRzLWNybS1zZWNyZXQ=");
    return new Relay(name, services);
  }

  /** What the relay says must add up to. */
  Sums sums(Relay relay) {
    return new Sums(relay, vendors, new Topic(broker.bootstrapServers()));
  }

  private void end() {
    try (Stream<Path> tree = Files.walk(data)) {
      stopDatabase();
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // the broker may still be writing there; what is left is the system's to tidy up
    }
  }
}
