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

/** Reads the ids that other systems have for an event's record; stores nothing. */
@Singleton
class ExternalIdReader {

  private static final Logger LOG = Logger.getLogger(ExternalIdReader.class);

  private final DataSource database;
  private final Identity identity;

  ExternalIdReader(DataSource database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /** The ids by name; none if the database knows none or does not respond. */
  Map<String, String> of(Event event) {
    try (Connection connection = database.getConnection()) {
      return EventIds.of(identity.addKnownIds(connection, List.of(event)).get(0));
    } catch (SQLException e) {
      LOG.debugf("A preview has no ids of the database: %s", e.getMessage());
      return Map.of();
    }
  }
}
