package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Stores acknowledgements of groups of dead letters, by the fingerprints of the groups. Only
 * operators write them: a group opens again because a dead letter is newer than its
 * acknowledgement, without a write when a delivery dies.
 */
@Singleton
public class DeadGroupRepository {

  private static final Sql ACKNOWLEDGE =
      Sql.of(
          """
          insert into dead_group (fingerprint, acknowledged_by, note)
          values (:fingerprint, :by, :note)
          on conflict (fingerprint) do update
          set acknowledged_at = now(), acknowledged_by = excluded.acknowledged_by,
            note = excluded.note, reopened_at = null, reopened_by = null
          """);

  private static final Sql REOPEN =
      Sql.of(
          """
          update dead_group set reopened_at = now(), reopened_by = :by
          where fingerprint = :fingerprint and reopened_at is null
          """);

  private static final Sql ALL = Sql.of("select * from dead_group");

  private final DataSource database;

  DeadGroupRepository(DataSource database) {
    this.database = database;
  }

  /** Records that an operator knows of the group's dead letters up to now. */
  public void acknowledge(String fingerprint, String by, Optional<String> note)
      throws SQLException {
    Transaction.run(
        database,
        connection -> {
          ACKNOWLEDGE.update(
              connection,
              parameters ->
                  parameters.set("fingerprint", fingerprint).set("by", by).set("note", note));
          ActivityLog.record(
              connection,
              Activity.of(by, ActivityAction.ACKNOWLEDGE, SubjectKind.DEAD_GROUP, fingerprint));
        });
  }

  /** Ends the acknowledgement of a group. */
  public void reopen(String fingerprint, String by) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          int reopened =
              REOPEN.update(
                  connection,
                  parameters -> parameters.set("fingerprint", fingerprint).set("by", by));
          if (reopened > 0) {
            ActivityLog.record(
                connection,
                Activity.of(by, ActivityAction.REOPEN, SubjectKind.DEAD_GROUP, fingerprint));
          }
        });
  }

  /** All acknowledgements, by the fingerprints of their groups. */
  static Map<String, DeadGroupAcknowledgement> all(Connection connection) throws SQLException {
    Map<String, DeadGroupAcknowledgement> all = new HashMap<>();
    ALL.forEach(connection, row -> all.put(row.getString("fingerprint"), acknowledgement(row)));
    return all;
  }

  private static DeadGroupAcknowledgement acknowledgement(ResultSet row) throws SQLException {
    return new DeadGroupAcknowledgement(
        row.getObject("acknowledged_at", OffsetDateTime.class),
        row.getString("acknowledged_by"),
        Optional.ofNullable(row.getString("note")),
        Optional.ofNullable(row.getString("reopened_by")));
  }
}
