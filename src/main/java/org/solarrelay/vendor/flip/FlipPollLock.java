package org.solarrelay.vendor.flip;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Which of all pods polls next: the first that asks once the interval has passed. */
final class FlipPollLock {

  private static final String KNOW =
      "insert into flip_poll (program) values (?) on conflict do nothing";

  // of two that ask at once the second waits for the first, and then finds its time
  private static final String TAKE =
      """
      update flip_poll set started_at = now()
      where program = ? and (started_at is null or started_at <= now() - ? * interval '1 ms')
      """;

  private static final String LEFT =
      """
      select greatest(1, ceil(extract(epoch from started_at - now()) * 1000)::bigint + ?)
      from flip_poll where program = ?
      """;

  private final DataSource database;

  FlipPollLock(DataSource database) {
    this.database = database;
  }

  /**
   * Takes the turn where it is time.
   *
   * @return zero where it was, else what is left of the interval
   */
  Duration take(String program, Duration interval) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement know = connection.prepareStatement(KNOW)) {
        know.setString(1, program);
        know.executeUpdate();
      }
      try (PreparedStatement take = connection.prepareStatement(TAKE)) {
        take.setString(1, program);
        take.setLong(2, interval.toMillis());
        if (take.executeUpdate() == 1) {
          return Duration.ZERO;
        }
      }
      return left(connection, program, interval);
    }
  }

  private static Duration left(Connection connection, String program, Duration interval)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LEFT)) {
      select.setLong(1, interval.toMillis());
      select.setString(2, program);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return Duration.ofMillis(row.getLong(1));
      }
    }
  }
}
