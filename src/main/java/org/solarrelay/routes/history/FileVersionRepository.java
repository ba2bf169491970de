package org.solarrelay.routes.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/** Stores the last ten versions of each route file and the reverts, for all pods. */
@Singleton
public class FileVersionRepository {

  /** How many versions of a file are kept, including the one in force. */
  public static final int KEPT = 10;

  // pods that load the same change at once record it once
  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtext('route_file_version'))");

  private static final Sql RECORD =
      Sql.of(
          """
          insert into route_file_version (path, text)
          select f.path, f.text from unnest(:paths, :texts) as f (path, text)
          where f.text is distinct from (
            select v.text from route_file_version v where v.path = f.path
            order by v.number desc limit 1)
          order by f.path returning path
          """);

  private static final Sql IS_EMPTY =
      Sql.of("select not exists (select from route_file_version) as empty");

  private static final Sql FORGET =
      Sql.of(
          """
          delete from route_file_version v using unnest(:paths) as f (path)
          where v.path = f.path and v.number <= (
            select o.number from route_file_version o where o.path = f.path
            order by o.number desc offset :kept limit 1)
          """);

  private static final Sql VERSIONS =
      Sql.of("select * from route_file_version where path = :path order by number desc");

  private static final Sql REVERT =
      Sql.of(
          """
          insert into route_file_revert (path, written, replaces, text, by)
          values (:path, :written, :replaces, :text, :by)
          on conflict (path) do update set written = excluded.written,
            replaces = excluded.replaces, text = excluded.text, by = excluded.by, at = now()
          returning *
          """);

  private static final Sql REVERTS = Sql.of("select * from route_file_revert");

  private static final Sql END =
      Sql.of("delete from route_file_revert where path = :path and at = :at");

  private final DataSource database;

  public FileVersionRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Records files that are in force. A text that equals the latest version of its file is not
   * recorded again. The files of the very first start are one activity.
   *
   * @param files text by path
   */
  public void record(Map<String, String> files) throws SQLException {
    List<String> paths = List.copyOf(files.keySet());
    List<String> texts = paths.stream().map(files::get).toList();
    Transaction.run(
        database,
        connection -> {
          LOCK.first(connection, row -> true);
          boolean first = IS_EMPTY.first(connection, row -> row.getBoolean("empty")).orElseThrow();
          List<String> changed =
              RECORD.list(
                  connection,
                  parameters -> parameters.texts("paths", paths).texts("texts", texts),
                  row -> row.getString("path"));
          recordInForce(connection, changed, first);
          FORGET.update(
              connection, parameters -> parameters.texts("paths", paths).set("kept", KEPT));
        });
  }

  private static void recordInForce(Connection connection, List<String> changed, boolean first)
      throws SQLException {
    if (first && !changed.isEmpty()) {
      ActivityLog.record(
          connection,
          Activity.of(Activity.RELAY, ActivityAction.ROUTE_IN_FORCE, SubjectKind.ROUTE_FILES)
              .count(changed.size()));
      return;
    }
    for (String path : changed) {
      ActivityLog.record(connection, change(ActivityAction.ROUTE_IN_FORCE, path));
    }
  }

  /**
   * Records that the latest version of a file is rejected.
   *
   * @param problem why
   */
  public void recordRejected(String path, String problem) throws SQLException {
    Transaction.run(
        database,
        connection ->
            ActivityLog.recordOnce(
                connection, change(ActivityAction.ROUTE_REJECTED, path).details(problem)));
  }

  /** Records that a file was removed from the folder, and its routes with it. */
  public void recordRemoved(String path) throws SQLException {
    Transaction.run(
        database,
        connection ->
            ActivityLog.recordOnce(connection, change(ActivityAction.ROUTE_REMOVED, path)));
  }

  private static Activity change(ActivityAction action, String path) {
    return Activity.of(Activity.RELAY, action, SubjectKind.ROUTE_FILE, path);
  }

  /** The versions of a file, newest first; empty if it was never in force. */
  public List<FileVersion> versions(String path) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return VERSIONS.list(
          connection,
          parameters -> parameters.set("path", path),
          row ->
              new FileVersion(
                  row.getLong("number"),
                  row.getString("path"),
                  row.getString("text"),
                  row.getObject("in_force_at", OffsetDateTime.class)));
    }
  }

  /**
   * Records a revert; it replaces an earlier one of the same file.
   *
   * @param version the number of the version
   * @return the revert with the database's time
   */
  public FileRevert revert(FileRevert revert, long version) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          ActivityLog.record(
              connection,
              Activity.of(
                      revert.by(),
                      ActivityAction.ROUTE_REVERTED,
                      SubjectKind.ROUTE_FILE,
                      revert.path())
                  .details("to version " + version));
          return REVERT
              .first(
                  connection,
                  parameters ->
                      parameters
                          .set("path", revert.path())
                          .set("written", revert.written())
                          .set("replaces", revert.replaces())
                          .set("text", revert.text())
                          .set("by", revert.by()),
                  FileVersionRepository::revert)
              .orElseThrow();
        });
  }

  /** The latest revert of each file. */
  public List<FileRevert> reverts() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return REVERTS.list(connection, FileVersionRepository::revert);
    }
  }

  private static FileRevert revert(ResultSet row) throws SQLException {
    return new FileRevert(
        row.getString("path"),
        row.getBoolean("written"),
        Optional.ofNullable(row.getString("replaces")),
        row.getString("text"),
        row.getString("by"),
        row.getObject("at", OffsetDateTime.class));
  }

  /** Ends a revert, unless a later one has replaced it. */
  public void end(FileRevert revert) throws SQLException {
    Transaction.run(
        database,
        connection ->
            END.update(
                connection,
                parameters -> parameters.set("path", revert.path()).set("at", revert.at())));
  }
}
