package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which ids belong to the records of given ids. */
final class RecordLookup {

  // of several ids of one name the last one learnt stands for it, which is what the order is for
  private static final String KNOWN =
      """
      select asked.name as asked_name, asked.id as asked_id, o.name, o.id
      from unnest(?::text[], ?::text[]) as asked (name, id)
      join record_id i on i.name = asked.name and i.id = asked.id
      join record r on r.id = i.record
      cross join lateral (
        select r.id as record union all
        select r.customer where r.customer is not null union all
        select min(p.id) from record p where p.customer = r.id having count(*) = 1) as near
      join record_id o on o.record = near.record
      order by o.learnt_at, o.name, o.id
      """;

  private RecordLookup() {}

  /**
   * All ids of the record that each of the given ones belongs to: of a project also its customer's,
   * of a customer with one project also the project's.
   */
  static Map<RecordMerger.Key, Map<String, String>> of(
      Connection connection, List<RecordMerger.Key> keys) throws SQLException {
    Map<RecordMerger.Key, Map<String, String>> known = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
      Object[] names = keys.stream().map(RecordMerger.Key::name).toArray();
      Object[] ids = keys.stream().map(RecordMerger.Key::id).toArray();
      select.setArray(1, connection.createArrayOf("text", names));
      select.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          known
              .computeIfAbsent(
                  new RecordMerger.Key(row.getString(1), row.getString(2)),
                  k -> new LinkedHashMap<>())
              .put(row.getString(3), row.getString(4));
        }
      }
    }
    return known;
  }

  /** What the id may be of a system, a customer's before a project's. */
  static List<RecordMerger.Key> named(Connection connection, String system, String id)
      throws SQLException {
    String sql =
        """
        select i.name from record_id i join record r on r.id = i.record
        where i.id = ? and (i.name = ? or starts_with(i.name, ?)) order by r.project, i.name
        """;
    List<RecordMerger.Key> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id);
      select.setString(2, system);
      select.setString(3, system + ".");
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(new RecordMerger.Key(row.getString(1), id));
        }
      }
    }
    return keys;
  }
}
