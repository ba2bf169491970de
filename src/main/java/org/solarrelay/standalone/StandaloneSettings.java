package org.solarrelay.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.solarrelay.startup.StartRefusedException;
import org.solarrelay.startup.StartupSettings;

/**
 * The local services to start, and their ports and directory.
 *
 * @param kafka whether to start Kafka, because none is configured
 * @param postgres whether to start PostgreSQL, because none is configured
 * @param vendors whether to start the simulated vendors, because no vendor is configured
 */
record StandaloneSettings(
    boolean kafka, boolean postgres, boolean vendors, Path dataDir, Ports ports) {

  private static final List<String> VENDOR_VARIABLES =
      List.of(
          "ENERFLO_URL", "ENERFLO_API_KEY",
          "SOLARPROOF_URL", "SOLARPROOF_API_KEY",
          "FLIP_URL", "FLIP_API_KEY",
          "CRM_WEBHOOK_URL", "CRM_WEBHOOK_SECRET");

  private static final String SANDBOX_PORT = "RELAY_SANDBOX_PORT";
  private static final int DEFAULT_SANDBOX_PORT = 8090;

  /**
   * The ports of the services.
   *
   * @param postgres 0 for any free one
   */
  record Ports(int http, int management, int kafka, int postgres, int sandbox) {

    private static Ports ofSandbox(int sandbox) {
      return new Ports(0, 0, 0, 0, sandbox);
    }
  }

  /** A port that a service needs, and the variable that changes it. */
  record NeededPort(String service, int port, String variable) {}

  static StandaloneSettings of(StartupSettings settings) throws StartRefusedException {
    return new StandaloneSettings(
        !settings.has("KAFKA_BOOTSTRAP_SERVERS"),
        !settings.has("RELAY_DB_URL"),
        VENDOR_VARIABLES.stream().noneMatch(settings::has),
        dataDir(settings),
        new Ports(
            settings.port("QUARKUS_HTTP_PORT", 8080),
            settings.port("QUARKUS_MANAGEMENT_PORT", 9000),
            settings.port("RELAY_STANDALONE_KAFKA_PORT", 9092),
            settings.port("RELAY_STANDALONE_DB_PORT", 0),
            settings.port(SANDBOX_PORT, DEFAULT_SANDBOX_PORT)));
  }

  /** The settings for the vendors alone, without ports of the relay. */
  static StandaloneSettings ofVendorsAlone(StartupSettings settings) throws StartRefusedException {
    Ports ports = Ports.ofSandbox(settings.port(SANDBOX_PORT, DEFAULT_SANDBOX_PORT));
    return new StandaloneSettings(false, false, true, dataDir(settings), ports);
  }

  boolean nothingToStart() {
    return !kafka && !postgres && !vendors;
  }

  /** All fixed ports of the program, without a port 0, for which any free port is used. */
  List<NeededPort> neededPorts() {
    List<NeededPort> needed = new ArrayList<>();
    needed.add(new NeededPort("HTTP", ports.http, "QUARKUS_HTTP_PORT"));
    needed.add(new NeededPort("management", ports.management, "QUARKUS_MANAGEMENT_PORT"));
    if (kafka) {
      needed.add(new NeededPort("Kafka", ports.kafka, "RELAY_STANDALONE_KAFKA_PORT"));
    }
    if (postgres) {
      needed.add(new NeededPort("PostgreSQL", ports.postgres, "RELAY_STANDALONE_DB_PORT"));
    }
    if (vendors) {
      needed.add(new NeededPort("simulated vendors", ports.sandbox, SANDBOX_PORT));
    }
    return needed.stream().filter(port -> port.port() != 0).toList();
  }

  private static Path dataDir(StartupSettings settings) {
    return Path.of(settings.get("RELAY_DATA_DIR").orElse("data"));
  }
}
