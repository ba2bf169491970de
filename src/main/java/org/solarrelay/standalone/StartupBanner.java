package org.solarrelay.standalone;

import java.util.Map;

/** What a person is told about standalone mode as it starts. */
record StartupBanner(StandaloneSettings wanted, StandaloneRun run) {

  @Override
  public String toString() {
    Map<String, String> at = run.properties();
    StringBuilder text =
        new StringBuilder("\nStandalone mode, not for production. Started here:\n");
    if (wanted.kafka()) {
      line(text, "Kafka", at.get("KAFKA_BOOTSTRAP_SERVERS"), "KAFKA_BOOTSTRAP_SERVERS is unset");
    }
    if (wanted.postgres()) {
      line(text, "PostgreSQL", at.get("RELAY_DB_URL"), "RELAY_DB_URL is unset");
      line(
          text,
          "",
          "user " + at.get("RELAY_DB_USER"),
          "password in " + wanted.dataDir().resolve("postgres").resolve("password"));
    }
    if (wanted.vendors()) {
      line(
          text,
          "Vendors",
          at.get("ENERFLO_URL") + "/sandbox",
          "simulated: no vendor is configured");
    }
    line(
        text,
        "Data",
        wanted.dataDir().toAbsolutePath().normalize().toString(),
        "kept; RELAY_DATA_DIR");
    if (at.containsKey("quarkus.http.host")) {
      line(
          text,
          "Relay",
          "http://127.0.0.1:" + wanted.httpPort(),
          "reachable from this machine only");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String where, String remark) {
    text.append("  %-11s %s  (%s)%n".formatted(what, where, remark));
  }
}
