package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.database.Sql;

/** Looks up the ids of records. */
final class RecordLookup {

  // of several ids with one name the newest wins, hence the order
  private static final Sql KNOWN =
      Sql.of(
          """
          select asked.name as asked_name, asked.id as asked_id, known.name, known.id
          from unnest(:names::text[], :ids::text[]) as asked (name, id)
          join record_id i on i.name = asked.name and i.id = asked.id
          join record r on r.id = i.record
          cross join lateral (
            select r.id as record union all
            select r.customer where r.customer is not null union all
            select min(p.id) from record p where p.customer = r.id having count(*) = 1) as near
          join record_id known on known.record = near.record
          order by known.learnt_at, known.name, known.id
          """);

  private static final Sql NAMES =
      Sql.of(
          """
          select i.name from record_id i join record r on r.id = i.record
          where i.id = :id and (i.name = :system or starts_with(i.name, :prefix))
          order by r.project, i.name
          """);

  private RecordLookup() {}

  /**
   * The ids of each key's record, by name. A project has the ids of its customer, too; a customer
   * with exactly one project has the ids of that project.
   */
  static Map<RecordMerger.Key, Map<String, String>> idsOf(
      Connection connection, List<RecordMerger.Key> keys) throws SQLException {
    Map<RecordMerger.Key, Map<String, String>> known = new HashMap<>();
    KNOWN.forEach(
        connection,
        parameters ->
            parameters
                .texts("names", keys.stream().map(RecordMerger.Key::name).toList())
                .texts("ids", keys.stream().map(RecordMerger.Key::id).toList()),
        row ->
            known
                .computeIfAbsent(
                    new RecordMerger.Key(row.getString("asked_name"), row.getString("asked_id")),
                    key -> new LinkedHashMap<>())
                .put(row.getString("name"), row.getString("id")));
    return known;
  }

  /** The known keys with an id in a system, one for each kind of record; customers come first. */
  static List<RecordMerger.Key> keysOf(Connection connection, String system, String id)
      throws SQLException {
    return NAMES.list(
        connection,
        parameters -> parameters.set("id", id).set("system", system).set("prefix", system + "."),
        row -> new RecordMerger.Key(row.getString("name"), id));
  }
}
