package org.solarrelay.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Has Flyway commit each migration and its row of the history in one transaction. By default Flyway
 * locks in a separate transaction, on a second connection that also writes the history. A process
 * killed between the two commits leaves tables that the next start creates again. A session's lock
 * needs no second connection.
 */
@Singleton
public final class MigrationTransaction implements FlywayConfigurationCustomizer {

  @Override
  public void customize(FluentConfiguration flyway) {
    flyway.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }
}
