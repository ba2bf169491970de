package org.solarrelay.startup;

import java.util.List;
import java.util.stream.Stream;

/** Checks the settings of Kafka and PostgreSQL, which a production build requires. */
public final class RequiredServices {
  private RequiredServices() {}

  /**
   * @throws StartRefusedException if a variable is missing or invalid; the message names all
   *     missing ones
   */
  public static void check(StartupSettings settings) throws StartRefusedException {
    List<String> missing =
        Stream.of("KAFKA_BOOTSTRAP_SERVERS", "RELAY_DB_URL")
            .filter(name -> !settings.has(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new StartRefusedException(
          "Solar Relay cannot start, not set: "
              + String.join(", ", missing)
              + ". This build needs a Kafka and a PostgreSQL; only a standalone build starts its own.");
    }
    if (settings.get("RELAY_DB_URL").filter(url -> url.startsWith("jdbc:postgresql:")).isEmpty()) {
      throw new StartRefusedException(
          "Solar Relay cannot start, RELAY_DB_URL is no JDBC URL of PostgreSQL, such as"
              + " jdbc:postgresql://db:5432/relay");
    }
  }
}
