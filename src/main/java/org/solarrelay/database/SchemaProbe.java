package org.solarrelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Checks that the relay's tables exist and that its user may use them. A denied statement is the
 * data's fault only then.
 */
final class SchemaProbe {

  /** All tables that the migrations create. */
  static final List<String> TABLES =
      List.of(
          "event",
          "delivery_work",
          "delivery_ledger",
          "failed_attempt",
          "set_aside",
          "unannounced",
          "replay",
          "resent",
          "record",
          "record_id",
          "record_trait",
          "rate_limit",
          "paused_destination",
          "refused_delivery",
          "flip_poll",
          "flip_enrollment",
          "route_file_version",
          "route_file_revert",
          "subscription");

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
