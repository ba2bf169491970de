package org.solarrelay.routes.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.solarrelay.database.Transaction;

/** The last ten versions of each route file and the reverts, for all pods together. */
@Singleton
public class FileVersionRepository {

  /** How many versions of a file are kept, the one in force included. */
  public static final int KEPT = 10;

  // pods that take the same change at once record it once
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtext('route_file_version'))";

  private static final String RECORD =
      """
      insert into route_file_version (path, text)
      select f.path, f.text from unnest(?::text[], ?::text[]) as f (path, text)
      where f.text is distinct from (
        select v.text from route_file_version v where v.path = f.path order by v.number desc limit 1)
      order by f.path
      """;

  private static final String FORGET =
      """
      delete from route_file_version v using unnest(?::text[]) as f (path)
      where v.path = f.path and v.number <= (
        select o.number from route_file_version o where o.path = f.path
        order by o.number desc offset ? limit 1)
      """;

  private static final String REVERT =
      """
      insert into route_file_revert (path, written, replaces, text, by) values (?, ?, ?, ?, ?)
      on conflict (path) do update set written = excluded.written, replaces = excluded.replaces,
        text = excluded.text, by = excluded.by, at = now()
      returning *
      """;

  private final DataSource database;

  public FileVersionRepository(DataSource database) {
    this.database = database;
  }

  /**
   * Records files that are in force. A text that is the latest version of its file already is not
   * recorded again.
   *
   * @param files text by path
   */
  public void record(Map<String, String> files) throws SQLException {
    Object[] paths = files.keySet().toArray();
    Object[] texts = files.values().toArray();
    Transaction.run(
        database,
        connection -> {
          try (Statement lock = connection.createStatement()) {
            lock.execute(ONE_AT_A_TIME);
          }
          try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setArray(1, connection.createArrayOf("text", paths));
            insert.setArray(2, connection.createArrayOf("text", texts));
            insert.executeUpdate();
          }
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setArray(1, connection.createArrayOf("text", paths));
            delete.setInt(2, KEPT);
            delete.executeUpdate();
          }
        });
  }

  /** The versions of a file, newest first; none where it never was in force. */
  public List<FileVersion> versions(String path) throws SQLException {
    String sql = "select * from route_file_version where path = ? order by number desc";
    List<FileVersion> versions = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, path);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          versions.add(
              new FileVersion(
                  row.getLong("number"),
                  row.getString("path"),
                  row.getString("text"),
                  row.getObject("in_force_at", OffsetDateTime.class)));
        }
      }
    }
    return versions;
  }

  /**
   * Records a revert in the place of an earlier one of its file.
   *
   * @return the revert with the database's time
   */
  public FileRevert revert(FileRevert revert) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(REVERT)) {
            insert.setString(1, revert.path());
            insert.setBoolean(2, revert.written());
            insert.setString(3, revert.replaces().orElse(null));
            insert.setString(4, revert.text());
            insert.setString(5, revert.by());
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return revert(row);
            }
          }
        });
  }

  /** The latest revert of each file. */
  public List<FileRevert> reverts() throws SQLException {
    List<FileRevert> reverts = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement("select * from route_file_revert");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        reverts.add(revert(row));
      }
    }
    return reverts;
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

  /** Ends a revert, unless a later one has taken its place. */
  public void end(FileRevert revert) throws SQLException {
    Transaction.run(
        database,
        connection -> {
          String sql = "delete from route_file_revert where path = ? and at = ?";
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, revert.path());
            delete.setObject(2, revert.at());
            delete.executeUpdate();
          }
        });
  }
}
