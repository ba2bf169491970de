package org.solarrelay.vendor.flip;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/** Lets one pod poll per interval: the first pod that calls {@link #take} after the interval. */
final class FlipPollLock {

  private static final Sql ADD_PROGRAM =
      Sql.of("insert into flip_poll (program) values (:program) on conflict do nothing");

  // of two concurrent updates the second waits for the first, and then updates no row
  private static final Sql TAKE =
      Sql.of(
          """
          update flip_poll set started_at = now()
          where program = :program
            and (started_at is null or started_at <= now() - :interval * interval '1 ms')
          """);

  private static final Sql LEFT =
      Sql.of(
          """
          select greatest(
            1, ceil(extract(epoch from started_at - now()) * 1000)::bigint + :interval) as remaining
          from flip_poll where program = :program
          """);

  private final DataSource database;

  FlipPollLock(DataSource database) {
    this.database = database;
  }

  /**
   * Starts a poll, if the interval has passed.
   *
   * @return zero if this pod polls; else the time until the interval ends
   */
  Duration take(String program, Duration interval) throws SQLException {
    try (Connection connection = database.getConnection()) {
      ADD_PROGRAM.update(connection, parameters -> parameters.set("program", program));
      int taken =
          TAKE.update(
              connection,
              parameters ->
                  parameters.set("program", program).set("interval", interval.toMillis()));
      return taken == 1 ? Duration.ZERO : left(connection, program, interval);
    }
  }

  private static Duration left(Connection connection, String program, Duration interval)
      throws SQLException {
    return LEFT.first(
            connection,
            parameters -> parameters.set("program", program).set("interval", interval.toMillis()),
            row -> Duration.ofMillis(row.getLong("remaining")))
        .orElseThrow();
  }
}
