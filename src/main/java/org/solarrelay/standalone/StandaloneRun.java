package org.solarrelay.standalone;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.standalone.sandbox.Sandbox;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartupSettings;

/** The services that standalone mode has started, and the properties with which they are used. */
final class StandaloneRun implements LocalServices.Running {
  /** The property with which the relay serves the sandbox on its own port. */
  static final String SANDBOX_URL = "standalone.sandbox.url";

  private final Map<String, String> properties = new LinkedHashMap<>();
  private String sandboxUrl;
  private AutoCloseable vendors = () -> {};
  private AutoCloseable kafka = () -> {};
  private AutoCloseable postgres = () -> {};
  private AutoCloseable dataDir = () -> {};

  void setDataDir(DataDir claimed) {
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

  /** Keeps a configured creator, because the simulated Enerflo accepts any. */
  void keepConfiguredCreator(StartupSettings settings) {
    if (settings.has("ENERFLO_CREATOR")) {
      properties.remove("ENERFLO_CREATOR");
    }
  }

  /**
   * Binds the relay to loopback if it starts its own Kafka, because it then requires no token. If
   * another address is configured, the relay requires tokens.
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

  /** Stops a service; a failure does not keep the others running. */
  private static void stop(String name, AutoCloseable service) {
    try {
      service.close();
    } catch (Exception e) {
      System.err.println("Could not stop " + name + ": " + e.getMessage());
    }
  }
}
