package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads the records that links touch, and writes what the links made of them. */
final class LinkRepository {

  private static final String TOUCHED =
      """
      with touched as (
        select distinct i.record from unnest(?::text[], ?::text[]) as asked (name, id)
        join record_id i on i.name = asked.name and i.id = asked.id),
      near as (
        select record from touched
        union select r.customer from touched t join record r on r.id = t.record
          where r.customer is not null)
      select 'id' as what, i.record, i.name as a, i.id as b, null::bigint as customer
        from near n join record_id i on i.record = n.record
      union all
      select 'customer', r.id, null, null, r.customer
        from near n join record r on r.id = n.record where r.customer is not null
      union all
      select 'trait', t.record, t.trait, t.value, null
        from near n join record_trait t on t.record = n.record
      """;

  // any number: it only has to be the same in every pod
  private static final long LOCK = 7_316_001L;

  private LinkRepository() {}

  /** Until the end of the transaction nobody else links. */
  static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    }
  }

  /** What the links make of the records as they are now. */
  static RecordMerger linking(Connection connection, Collection<IdentityLink> links)
      throws SQLException {
    List<ExternalId> ids = links.stream().flatMap(link -> link.ids().stream()).toList();
    RecordMerger linking = new RecordMerger();
    try (PreparedStatement select = connection.prepareStatement(TOUCHED)) {
      select.setArray(1, texts(connection, ids.stream().map(ExternalId::name).toArray()));
      select.setArray(2, texts(connection, ids.stream().map(ExternalId::id).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long record = row.getLong("record");
          switch (row.getString("what")) {
            case "id" -> linking.knows(record, row.getString("a"), row.getString("b"));
            case "customer" -> linking.knows(record, row.getLong("customer"));
            default ->
                linking.knows(
                    new RecordMerger.Trait(row.getString("a"), row.getString("b"), record));
          }
        }
      }
    }
    links.forEach(linking::add);
    return linking;
  }

  static void write(Connection connection, RecordMerger linking) throws SQLException {
    Map<Long, Long> numbers = create(connection, linking.created());
    batch(
        connection,
        "insert into record_id (name, id, record, learnt_from) values (?, ?, ?, ?)",
        linking.learnt(),
        (row, id) -> {
          row.setString(1, id.name());
          row.setString(2, id.id());
          row.setLong(3, number(numbers, linking.ownerOf(id)));
          row.setString(4, id.from());
        });
    merge(connection, linking.merged());
    batch(
        connection,
        "update record set customer = ? where id = ?",
        linking.newCustomers().entrySet(),
        (row, of) -> {
          row.setLong(1, number(numbers, of.getValue()));
          row.setLong(2, number(numbers, of.getKey()));
        });
    batch(
        connection,
        "insert into record_trait (trait, value, record) values (?, ?, ?) on conflict do nothing",
        linking.newTraits(),
        (row, trait) -> {
          row.setString(1, trait.trait());
          row.setString(2, trait.value());
          row.setLong(3, number(numbers, trait.record()));
        });
  }

  /** Stores new records; their numbers by the negative ones. */
  private static Map<Long, Long> create(Connection connection, Map<Long, Boolean> created)
      throws SQLException {
    Map<Long, Long> numbers = new HashMap<>();
    String next =
        "select nextval(pg_get_serial_sequence('record', 'id')) from generate_series(1, ?)";
    try (PreparedStatement select = connection.prepareStatement(next)) {
      select.setInt(1, created.size());
      try (ResultSet row = select.executeQuery()) {
        for (long temporary : created.keySet()) {
          row.next();
          numbers.put(temporary, row.getLong(1));
        }
      }
    }
    batch(
        connection,
        "insert into record (id, project) values (?, ?)",
        created.entrySet(),
        (row, record) -> {
          row.setLong(1, numbers.get(record.getKey()));
          row.setBoolean(2, record.getValue());
        });
    return numbers;
  }

  private static void merge(Connection connection, Map<Long, Long> merged) throws SQLException {
    for (String change :
        List.of(
            "update record_id set record = ? where record = ?",
            "update record set customer = ? where customer = ?",
            """
            insert into record_trait (trait, value, record)
            select trait, value, ? from record_trait where record = ? on conflict do nothing
            """)) {
      batch(
          connection,
          change,
          merged.entrySet(),
          (row, one) -> {
            row.setLong(1, one.getValue());
            row.setLong(2, one.getKey());
          });
    }
    for (String removal :
        List.of("delete from record_trait where record = ?", "delete from record where id = ?")) {
      batch(connection, removal, merged.keySet(), (row, record) -> row.setLong(1, record));
    }
  }

  private static long number(Map<Long, Long> numbers, long record) {
    return numbers.getOrDefault(record, record);
  }

  private interface Binding<T> {
    void bind(PreparedStatement row, T value) throws SQLException;
  }

  private static <T> void batch(
      Connection connection, String sql, Collection<T> values, Binding<T> binding)
      throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (T value : values) {
        binding.bind(row, value);
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static java.sql.Array texts(Connection connection, Object[] values) throws SQLException {
    return connection.createArrayOf("text", values);
  }
}
