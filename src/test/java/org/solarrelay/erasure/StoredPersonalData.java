package org.solarrelay.erasure;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Searches all columns of all tables of a database for texts, also in Base64. */
final class StoredPersonalData {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{4,}={0,2}");

  private final DataSource database;
  private final List<String> texts;

  /**
   * @param texts in lower case
   */
  StoredPersonalData(DataSource database, String... texts) {
    this.database = database;
    this.texts = List.of(texts);
  }

  /** All tables, without partitions and those of Flyway. */
  Set<String> tables() throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select table_name from information_schema.tables
                where table_schema = current_schema() and table_type = 'BASE TABLE'
                  and table_name <> 'flyway_schema_history'
                  and table_name not in (
                    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid)
                """)) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  /** The columns that hold one of the texts, as {@code table.column}. */
  Set<String> columns() throws SQLException {
    Set<String> found = new TreeSet<>();
    for (String table : tables()) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select * from " + table)) {
        while (row.next()) {
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            if (isIn(row, i)) {
              found.add(table + "." + row.getMetaData().getColumnName(i));
            }
          }
        }
      }
    }
    return found;
  }

  private boolean isIn(ResultSet row, int column) throws SQLException {
    if (row.getObject(column) == null) {
      return false;
    }
    boolean bytes = row.getMetaData().getColumnTypeName(column).equals("bytea");
    String text =
        bytes ? new String(row.getBytes(column), StandardCharsets.UTF_8) : row.getString(column);
    List<String> readings = new ArrayList<>(List.of(text));
    Matcher encoded = BASE64.matcher(text);
    while (encoded.find()) {
      try {
        readings.add(
            new String(Base64.getDecoder().decode(encoded.group()), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // no Base64
      }
    }
    return readings.stream()
        .map(reading -> reading.toLowerCase(Locale.ROOT))
        .anyMatch(reading -> texts.stream().anyMatch(reading::contains));
  }
}
