package org.solarrelay.standalone;

import java.util.Map;

/** The text that standalone mode prints at the start. */
record StartupBanner(StandaloneSettings settings, StandaloneRun run) {

  @Override
  public String toString() {
    Map<String, String> properties = run.properties();
    StringBuilder text =
        new StringBuilder("\nStandalone mode, not for production. Started here:\n");
    if (settings.kafka()) {
      line(
          text,
          "Kafka",
          properties.get("KAFKA_BOOTSTRAP_SERVERS"),
          "KAFKA_BOOTSTRAP_SERVERS is unset");
    }
    if (settings.postgres()) {
      line(text, "PostgreSQL", properties.get("RELAY_DB_URL"), "RELAY_DB_URL is unset");
      line(
          text,
          "",
          "user " + properties.get("RELAY_DB_USER"),
          "password in " + settings.dataDir().resolve("postgres").resolve("password"));
    }
    if (settings.vendors()) {
      line(
          text,
          "Vendors",
          properties.get("ENERFLO_URL") + "/sandbox",
          "simulated: no vendor is configured");
    }
    line(
        text,
        "Data",
        settings.dataDir().toAbsolutePath().normalize().toString(),
        "kept; RELAY_DATA_DIR");
    if (properties.containsKey("quarkus.http.host")) {
      line(
          text,
          "Relay",
          "http://127.0.0.1:" + settings.ports().http(),
          "reachable from this machine only");
      line(
          text,
          "Console",
          "http://127.0.0.1:%d/console".formatted(settings.ports().http()),
          "in a browser; / leads there");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String address, String remark) {
    text.append("  %-11s %s  (%s)%n".formatted(name, address, remark));
  }
}
