package org.solarrelay.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Flyway commits each migration and its row of the history in one transaction. Flyway's default
 * lock lives in a transaction of its own, on a second connection that also writes the history: a
 * process killed between the two commits leaves tables that the next start creates again. The lock
 * of a session needs no second connection.
 */
@Singleton
public final class MigrationTransaction implements FlywayConfigurationCustomizer {

  @Override
  public void customize(FluentConfiguration flyway) {
    flyway.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }
}
