package org.solarrelay.vendor.solarproof;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What is registered at Solar Proof, as far as this relay did it: Solar Proof does not tell. */
@Singleton
class SubscriptionRepository {

  private static final String SOURCE = "solarproof";

  private final DataSource database;

  SubscriptionRepository(DataSource database) {
    this.database = database;
  }

  /** Work that no other pod does at the same time. */
  interface Work {
    void run() throws SQLException;
  }

  /**
   * Does the work unless somebody else is at it.
   *
   * @return whether it was done
   */
  boolean alone(Work work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean free = isFree(connection);
        if (free) {
          work.run();
        }
        return free;
      } finally {
        connection.rollback(); // which gives the lock back
      }
    }
  }

  List<Subscription> all() throws SQLException {
    String sql = "select * from subscription where source = ? order by event, registered_at";
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, SOURCE);
      List<Subscription> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new Subscription(
                  row.getString("event"),
                  row.getString("url"),
                  row.getObject("registered_at", OffsetDateTime.class),
                  row.getString("state")));
        }
      }
      return all;
    }
  }

  /** From now on it is not known whether it is registered. */
  void begin(String event, String url) throws SQLException {
    write(
        """
        insert into subscription (source, event, url, state) values (?, ?, ?, 'unconfirmed')
        on conflict (source, event, url) do update set state = 'unconfirmed', registered_at = null
        """,
        event,
        url);
  }

  void registered(String event, String url) throws SQLException {
    write(
        """
        update subscription set state = 'registered', registered_at = now()
        where source = ? and event = ? and url = ?
        """,
        event,
        url);
  }

  void remove(String event, String url) throws SQLException {
    write("delete from subscription where source = ? and event = ? and url = ?", event, url);
  }

  private void write(String sql, String event, String url) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, SOURCE);
      statement.setString(2, event);
      statement.setString(3, url);
      statement.executeUpdate();
    }
  }

  private static boolean isFree(Connection connection) throws SQLException {
    String sql = "select pg_try_advisory_xact_lock(hashtext('subscription'), hashtext(?))";
    try (PreparedStatement lock = connection.prepareStatement(sql)) {
      lock.setString(1, SOURCE);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
