package org.solarrelay.standalone;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.standalone.sandbox.Sandbox;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartupSettings;

/** What standalone mode has started, and how the application finds it. */
final class StandaloneRun implements LocalServices.Running {
  /** The property that makes the relay show the sandbox on its own port. */
  static final String SANDBOX_URL = "standalone.sandbox.url";

  private final Map<String, String> properties = new LinkedHashMap<>();
  private String sandboxUrl;
  private AutoCloseable vendors = () -> {};
  private AutoCloseable kafka = () -> {};
  private AutoCloseable postgres = () -> {};
  private AutoCloseable dataDir = () -> {};

  void holds(DataDir claimed) {
    dataDir = claimed;
  }

  synchronized void started(EmbeddedKafka started) {
    kafka = started;
    properties.put("KAFKA_BOOTSTRAP_SERVERS", started.bootstrapServers());
    properties.put("relay.standalone", "true");
  }

  synchronized void started(LocalPostgres started) throws IOException {
    postgres = started;
    properties.put("RELAY_DB_URL", started.jdbcUrl());
    properties.put("RELAY_DB_USER", started.user());
    properties.put("RELAY_DB_PASSWORD", started.password());
  }

  synchronized void started(Sandbox started) {
    vendors = started;
    sandboxUrl = started.url();
    properties.putAll(started.settings());
  }

  /** The simulated Enerflo takes any creator, so one that was configured stands. */
  void leaveCreator(StartupSettings settings) {
    if (settings.has("ENERFLO_CREATOR")) {
      properties.remove("ENERFLO_CREATOR");
    }
  }

  /**
   * With its own Kafka the relay asks nobody for a token, so nobody else may reach it; where it was
   * told to be reachable, it asks.
   */
  void bindToLoopback(StartupSettings settings) {
    if (!properties.containsKey("relay.standalone")) {
      return;
    }
    if (!BindScope.isThisMachineOnly(settings)) {
      properties.remove("relay.standalone");
    } else if (sandboxUrl != null) {
      properties.put(SANDBOX_URL, sandboxUrl);
    }
    if (!settings.has("QUARKUS_HTTP_HOST")) {
      properties.put("quarkus.http.host", "127.0.0.1");
    }
    if (!settings.has("QUARKUS_MANAGEMENT_HOST")) {
      properties.put("quarkus.management.host", "127.0.0.1");
    }
  }

  @Override
  public synchronized Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  @Override
  public synchronized void close() {
    stop("the simulated vendors", vendors);
    stop("Kafka", kafka);
    stop("PostgreSQL", postgres);
    stop("the data directory", dataDir);
  }

  /** One that does not stop must not keep the others running. */
  private static void stop(String what, AutoCloseable service) {
    try {
      service.close();
    } catch (Exception e) {
      System.err.println("Could not stop " + what + ": " + e.getMessage());
    }
  }
}
