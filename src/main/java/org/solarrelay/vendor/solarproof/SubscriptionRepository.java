package org.solarrelay.vendor.solarproof;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;

/**
 * Stores in PostgreSQL which subscriptions the relay has at Solar Proof, because Solar Proof's API
 * does not list them.
 */
@Singleton
class SubscriptionRepository {

  private static final String SOURCE = "solarproof";

  private static final Sql ALL =
      Sql.of("select * from subscription where source = :source order by event, registered_at");

  private static final Sql BEGIN =
      Sql.of(
          """
          insert into subscription (source, event, url, state)
          values (:source, :event, :url, 'unconfirmed')
          on conflict (source, event, url) do update
          set state = 'unconfirmed', registered_at = null
          """);

  private static final Sql REGISTERED =
      Sql.of(
          """
          update subscription set state = 'registered', registered_at = now()
          where source = :source and event = :event and url = :url
          """);

  private static final Sql REMOVE =
      Sql.of("delete from subscription where source = :source and event = :event and url = :url");

  private static final Sql LOCK =
      Sql.of(
          """
          select pg_try_advisory_xact_lock(hashtext('subscription'), hashtext(:source)) as locked
          """);

  private final DataSource database;

  SubscriptionRepository(DataSource database) {
    this.database = database;
  }

  /** Work that one pod does at a time. */
  interface Work {
    void run() throws SQLException;
  }

  /**
   * Does the work, unless another request is changing subscriptions.
   *
   * @return whether the work was done
   */
  boolean runExclusively(Work work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean free = isFree(connection);
        if (free) {
          work.run();
        }
        return free;
      } finally {
        connection.rollback(); // releases the lock
      }
    }
  }

  List<Subscription> all() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ALL.list(
          connection,
          parameters -> parameters.set("source", SOURCE),
          row ->
              new Subscription(
                  row.getString("event"),
                  row.getString("url"),
                  row.getObject("registered_at", OffsetDateTime.class),
                  Subscription.State.of(row.getString("state"))));
    }
  }

  /** Stores a subscription as unconfirmed, before a request to Solar Proof. */
  void begin(String event, String url) throws SQLException {
    update(BEGIN, event, url);
  }

  void registered(String event, String url) throws SQLException {
    update(REGISTERED, event, url);
  }

  void remove(String event, String url) throws SQLException {
    update(REMOVE, event, url);
  }

  private void update(Sql sql, String event, String url) throws SQLException {
    try (Connection connection = database.getConnection()) {
      sql.update(
          connection,
          parameters -> parameters.set("source", SOURCE).set("event", event).set("url", url));
    }
  }

  private static boolean isFree(Connection connection) throws SQLException {
    return LOCK.first(
            connection,
            parameters -> parameters.set("source", SOURCE),
            row -> row.getBoolean("locked"))
        .orElseThrow();
  }
}
