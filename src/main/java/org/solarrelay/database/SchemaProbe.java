package org.solarrelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Checks the relay's tables. A failure is the data's fault only where all migrations are applied: a
 * pod also reads its topics while some pod still migrates. A denied statement is the data's fault
 * only where the relay's user may use all tables.
 */
final class SchemaProbe {

  /** All tables that the migrations create. */
  static final List<String> TABLES =
      List.of(
          "event",
          "delivery_work",
          "delivery_ledger",
          "failed_attempt",
          "attempt_request",
          "set_aside",
          "unannounced",
          "replay",
          "resent",
          "dead_group",
          "bulk_replay",
          "bulk_replay_item",
          "record",
          "record_id",
          "record_trait",
          "rate_limit",
          "paused_destination",
          "destination_minute",
          "refused_delivery",
          "flip_poll",
          "flip_enrollment",
          "route_file_version",
          "route_file_revert",
          "activity",
          "rejected_webhook",
          "subscription",
          "reconcile_run",
          "reconcile_vendor",
          "reconcile_record",
          "reconcile_change");

  /** The newest migration. */
  static final String VERSION = "21";

  private static final Sql MIGRATED =
      Sql.of(
          """
          select count(*) as applied from flyway_schema_history
          where version = :version and success
          """);

  private static final Sql UNUSABLE =
      Sql.of(
          """
          select count(*) as unusable
          from unnest(:tables) as t (name)
            cross join unnest(array['select', 'insert', 'update', 'delete']) as p (privilege)
          where to_regclass(t.name) is null
            or not has_table_privilege(to_regclass(t.name), p.privilege)
          """);

  private final DataSource database;

  SchemaProbe(DataSource database) {
    this.database = database;
  }

  /** Whether this pod's migrations are applied. */
  boolean isMigrated() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return MIGRATED
          .first(
              connection,
              parameters -> parameters.set("version", VERSION),
              row -> row.getLong("applied") > 0)
          .orElseThrow();
    }
  }

  boolean isWhole() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return UNUSABLE
          .first(
              connection,
              parameters -> parameters.texts("tables", TABLES),
              row -> row.getLong("unusable") == 0)
          .orElseThrow();
    }
  }
}
