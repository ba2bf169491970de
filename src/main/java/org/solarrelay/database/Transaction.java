package org.solarrelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Work on the database that is done as a whole or not at all. */
public final class Transaction {

  private Transaction() {}

  /** Work with a result. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Work without a result. */
  public interface Step {
    void on(Connection connection) throws SQLException;
  }

  /**
   * Does the work on a connection of its own and commits it. What it throws undoes it.
   *
   * @throws SQLException where the database can not be used; nothing has changed then
   */
  public static <T> T call(DataSource database, Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /** A connection that is gone must not hide the failure before it. */
  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** As {@link #call}, without a result. */
  public static void run(DataSource database, Step step) throws SQLException {
    call(
        database,
        connection -> {
          step.on(connection);
          return null;
        });
  }

  /**
   * As {@link #run}, without waiting for the disk: what a crash of the database could undo is safe
   * with the next transaction of anybody that does wait, because the log is written in order.
   */
  public static void runWithoutFlush(DataSource database, Step step) throws SQLException {
    run(
        database,
        connection -> {
          commitWithoutFlush(connection);
          step.on(connection);
        });
  }

  /** Lets the transaction that is under way end as {@link #runWithoutFlush} does. */
  public static void commitWithoutFlush(Connection connection) throws SQLException {
    set(connection, "synchronous_commit = off");
  }

  /**
   * Lets the statements of the transaction that is under way read an index in its order, and stop
   * at their limit. A bitmap is read to its end and sorted, which PostgreSQL prefers where it
   * expects few rows.
   */
  public static void readInIndexOrder(Connection connection) throws SQLException {
    set(connection, "enable_bitmapscan = off");
  }

  private static void set(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local " + setting);
    }
  }
}
