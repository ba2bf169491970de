package org.solarrelay.activity;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;

/**
 * Records who did what. An action that changes the database is recorded in the same transaction, so
 * that the database has both or neither. An action that needs no database, such as a sign-in, does
 * not wait for the database.
 */
@Singleton
public class ActivityLog {

  private static final Logger LOG = Logger.getLogger(ActivityLog.class);

  private static final Sql RECORD =
      Sql.of(
          """
          insert into activity (who, action, kind, subject, count, details)
          values (:who, :action, :kind, :subject, :count::bigint, :details) returning id
          """);

  // pods that see the same change of a file at once record it once
  private static final Sql LOCK = Sql.of("select pg_advisory_xact_lock(hashtext('activity'))");

  private static final Sql RECORD_ONCE =
      Sql.of(
          """
          insert into activity (who, action, kind, subject, count, details)
          select :who, :action, :kind, :subject, :count::bigint, :details
          where not exists (
            select from (
              select action, details from activity
              where kind = 'route-file' and subject = :subject
                and at > now() - interval '10 min'
              order by id desc limit 1) latest
            where action = :action and details is not distinct from :details)
          """);

  private static final Sql ADD =
      Sql.of("update activity set count = coalesce(count, 0) + :count where id = :id");

  private final DataSource database;

  public ActivityLog(DataSource database) {
    this.database = database;
  }

  /**
   * Records an activity in the transaction of its action.
   *
   * @return the activity's number, for {@link #addTo}
   */
  public static long record(Connection connection, Activity activity) throws SQLException {
    return RECORD
        .first(connection, parameters -> bind(parameters, activity), row -> row.getLong("id"))
        .orElseThrow();
  }

  /**
   * Records a change of a route file, unless the same change is the latest one recorded for the
   * file within the last ten minutes, because each pod sees the change.
   */
  public static void recordOnce(Connection connection, Activity change) throws SQLException {
    LOCK.first(connection, row -> true);
    RECORD_ONCE.update(connection, parameters -> bind(parameters, change));
  }

  /** Adds to the count of an activity that takes several transactions. */
  public static void addTo(Connection connection, long id, long count) throws SQLException {
    ADD.update(connection, parameters -> parameters.set("id", id).set("count", count));
  }

  /**
   * Records an activity that changes nothing in the database, before it happens.
   *
   * @return the activity's number
   * @throws SQLException where the database is unavailable; the action must not happen then
   */
  public long record(Activity activity) throws SQLException {
    return Transaction.call(database, connection -> record(connection, activity));
  }

  /** Adds to the count of an activity, as {@link #addTo(Connection, long, long)} does. */
  public void addTo(long id, long count) throws SQLException {
    Transaction.run(database, connection -> addTo(connection, id, count));
  }

  /**
   * Records an activity in the background. While the database is unavailable, the relay logs the
   * activity instead.
   */
  public void recordLater(Activity activity) {
    Infrastructure.getDefaultExecutor().execute(() -> recordOrLog(activity));
  }

  private void recordOrLog(Activity activity) {
    try {
      record(activity);
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "Not in the list of activities, because the database is away: %s by %s",
          activity.action(), activity.who());
      LOG.debug("An activity cannot be recorded", e);
    }
  }

  private static void bind(SqlParameters parameters, Activity activity) throws SQLException {
    parameters
        .set("who", activity.who())
        .set("action", activity.action().text())
        .set("kind", activity.kind().text())
        .set("subject", activity.subject())
        .set("count", activity.count())
        .set("details", activity.details());
  }
}
