package org.solarrelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Runs work on the database in one transaction. */
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
   * Runs the work on a new connection and commits it. An exception of the work rolls it back.
   *
   * @throws SQLException where the database cannot be used; nothing has changed then
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

  /** A lost connection must not hide the failure before it. */
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
   * As {@link #run}, without waiting for the disk (PostgreSQL: asynchronous commit). A crash of the
   * database may undo it, until a later transaction of any connection that waits has committed: the
   * log is written in order.
   */
  public static void runWithoutFlush(DataSource database, Step step) throws SQLException {
    run(
        database,
        connection -> {
          commitWithoutFlush(connection);
          step.on(connection);
        });
  }

  /** Has the current transaction commit as {@link #runWithoutFlush} does. */
  public static void commitWithoutFlush(Connection connection) throws SQLException {
    set(connection, "synchronous_commit = off");
  }

  /**
   * Has the statements of the current transaction read an index in its order and stop at their
   * limit. PostgreSQL prefers a bitmap where it expects few rows, and reads and sorts all of it.
   */
  public static void readInIndexOrder(Connection connection) throws SQLException {
    set(connection, "enable_bitmapscan = off");
  }

  /**
   * Has the statements of the current transaction read an index where one fits. PostgreSQL prefers
   * to read the whole table where it has no statistics of it.
   */
  public static void readByIndex(Connection connection) throws SQLException {
    set(connection, "enable_seqscan = off");
  }

  /**
   * Has the statements of the current transaction join by hash, not by comparing all rows with all,
   * which PostgreSQL prefers where it expects one row.
   */
  public static void joinByHash(Connection connection) throws SQLException {
    set(connection, "enable_nestloop = off");
  }

  private static void set(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local " + setting);
    }
  }
}
