package org.solarrelay.delivery.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.solarrelay.database.SqlParameters;

/** The key of an event in the database. */
record EventKey(String source, String id) {

  /** Reads the columns {@code source} and {@code id}. */
  static EventKey of(ResultSet row) throws SQLException {
    return new EventKey(row.getString("source"), row.getString("id"));
  }

  /** Binds keys to the parameters {@code sources} and {@code ids}, an array for each column. */
  static void bind(SqlParameters parameters, Collection<EventKey> keys) throws SQLException {
    parameters
        .texts("sources", keys.stream().map(EventKey::source).toList())
        .texts("ids", keys.stream().map(EventKey::id).toList());
  }
}
