package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Statements whose criteria depend on what is asked for. */
final class DynamicSql {

  private DynamicSql() {}

  /**
   * @param values in the order of the question marks; a list is an array of text
   */
  static PreparedStatement prepared(Connection connection, String sql, List<?> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      statement.setObject(
          i + 1,
          value instanceof List<?> texts
              ? connection.createArrayOf("text", texts.toArray())
              : value);
    }
    return statement;
  }
}
