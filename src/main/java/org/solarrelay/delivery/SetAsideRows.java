package org.solarrelay.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** Writes messages that became no event; one that is there already stays as it is. */
final class SetAsideRows {

  private static final String INSERT =
      """
      insert into set_aside (id, stage, source, state, reason, at)
      values (?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private SetAsideRows() {}

  static void write(Connection connection, List<SetAside> messages) throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(INSERT)) {
      for (SetAside message : messages) {
        row.setString(1, message.id());
        row.setString(2, message.stage());
        row.setString(3, message.source());
        row.setString(4, message.state());
        row.setString(5, message.reason());
        row.setTimestamp(6, Timestamp.from(message.at()));
        row.addBatch();
      }
      row.executeBatch();
    }
  }
}
