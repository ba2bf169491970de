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
   * @throws SQLException where the database cannot be used; where the commit itself failed, the
   *     changes may be stored
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
   * database may undo the work until a later transaction that waits for the disk has committed,
   * because PostgreSQL writes its log in order.
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
   * limit. Where PostgreSQL expects few rows, it prefers a bitmap scan, which reads and sorts all
   * matching rows.
   */
  public static void readInIndexOrder(Connection connection) throws SQLException {
    set(connection, "enable_bitmapscan = off");
  }

  /**
   * Has the statements of the current transaction read an index where one fits. Where PostgreSQL
   * has no statistics of a table, it prefers to read the whole table.
   */
  public static void readByIndex(Connection connection) throws SQLException {
    set(connection, "enable_seqscan = off");
  }

  /**
   * Has the statements of the current transaction join by hash. Where PostgreSQL expects one row,
   * it prefers to compare all rows with all.
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
