package org.solarrelay.dryrun;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.event.Event;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.Identity;

/** Looks up, and only that, under which ids other systems know an event's record. */
@Singleton
class ExternalIdReader {

  private static final Logger LOG = Logger.getLogger(ExternalIdReader.class);

  private final DataSource database;
  private final Identity identity;

  ExternalIdReader(DataSource database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /** Empty where the ledger knows none, or can not be asked. */
  Map<String, String> of(Event event) {
    try (Connection connection = database.getConnection()) {
      return EventIds.of(identity.addKnownIds(connection, List.of(event)).get(0));
    } catch (SQLException e) {
      LOG.debugf("A preview goes without the ledger's ids: %s", e.getMessage());
      return Map.of();
    }
  }
}
