package org.solarrelay.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.database.Sql;

/** Loads the records that links refer to, and stores the changes that {@link RecordMerger} made. */
final class LinkRepository {

  private static final Sql TOUCHED =
      Sql.of(
          """
          with touched as (
            select distinct i.record from unnest(:names::text[], :ids::text[]) as asked (name, id)
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
          """);

  // an arbitrary number, the same in every pod
  private static final Sql LOCK = Sql.of("select pg_advisory_xact_lock(7316001)");

  private static final Sql INSERT_ID =
      Sql.of(
          """
          insert into record_id (name, id, record, learnt_from)
          values (:name, :id, :record, :learntFrom)
          """);

  private static final Sql SET_CUSTOMER =
      Sql.of("update record set customer = :customer where id = :record");

  private static final Sql INSERT_TRAIT =
      Sql.of(
          """
          insert into record_trait (trait, value, record) values (:trait, :value, :record)
          on conflict do nothing
          """);

  private static final Sql NEXT_NUMBERS =
      Sql.of(
          """
          select nextval(pg_get_serial_sequence('record', 'id')) as number
          from generate_series(1, :count)
          """);

  private static final Sql INSERT_RECORD =
      Sql.of("insert into record (id, project) values (:record, :project)");

  /** Moves the ids, projects and traits of a record to the record into which it is merged. */
  private static final List<Sql> MOVES =
      List.of(
          Sql.of("update record_id set record = :into where record = :record"),
          Sql.of("update record set customer = :into where customer = :record"),
          Sql.of(
              """
              insert into record_trait (trait, value, record)
              select trait, value, :into from record_trait where record = :record
              on conflict do nothing
              """));

  private static final List<Sql> DELETIONS =
      List.of(
          Sql.of("delete from record_trait where record = :record"),
          Sql.of("delete from record where id = :record"));

  private LinkRepository() {}

  /** Takes the lock under which links are stored, until the end of the transaction. */
  static void lock(Connection connection) throws SQLException {
    LOCK.first(connection, row -> true);
  }

  /** Merges links into the stored records, in memory. */
  static RecordMerger merge(Connection connection, Collection<IdentityLink> links)
      throws SQLException {
    List<ExternalId> ids = links.stream().flatMap(link -> link.ids().stream()).toList();
    RecordMerger merger = new RecordMerger();
    TOUCHED.forEach(
        connection,
        parameters ->
            parameters
                .texts("names", ids.stream().map(ExternalId::name).toList())
                .texts("ids", ids.stream().map(ExternalId::id).toList()),
        row -> {
          long record = row.getLong("record");
          switch (row.getString("what")) {
            case "id" -> merger.addStored(record, row.getString("a"), row.getString("b"));
            case "customer" -> merger.addStored(record, row.getLong("customer"));
            default ->
                merger.addStored(
                    new RecordMerger.Trait(row.getString("a"), row.getString("b"), record));
          }
        });
    links.forEach(merger::add);
    return merger;
  }

  /** Stores the changes. */
  static void save(Connection connection, RecordMerger merger) throws SQLException {
    Map<Long, Long> numbers = create(connection, merger.created());
    INSERT_ID.batch(
        connection,
        merger.newIds(),
        (row, id) ->
            row.set("name", id.name())
                .set("id", id.id())
                .set("record", number(numbers, merger.ownerOf(id)))
                .set("learntFrom", id.from()));
    storeMerges(connection, merger.merged());
    SET_CUSTOMER.batch(
        connection,
        merger.newCustomers().entrySet(),
        (row, of) ->
            row.set("customer", number(numbers, of.getValue()))
                .set("record", number(numbers, of.getKey())));
    INSERT_TRAIT.batch(
        connection,
        merger.newTraits(),
        (row, trait) ->
            row.set("trait", trait.trait())
                .set("value", trait.value())
                .set("record", number(numbers, trait.record())));
  }

  /** Stores new records; returns their numbers by their temporary, negative numbers. */
  private static Map<Long, Long> create(Connection connection, Map<Long, RecordKind> created)
      throws SQLException {
    if (created.isEmpty()) {
      return Map.of();
    }
    List<Long> next =
        NEXT_NUMBERS.list(
            connection,
            parameters -> parameters.set("count", created.size()),
            row -> row.getLong("number"));
    Map<Long, Long> numbers = new HashMap<>();
    for (long temporary : created.keySet()) {
      numbers.put(temporary, next.get(numbers.size()));
    }
    INSERT_RECORD.batch(
        connection,
        created.entrySet(),
        (row, record) ->
            row.set("record", numbers.get(record.getKey()).longValue())
                .set("project", record.getValue() == RecordKind.PROJECT));
    return numbers;
  }

  private static void storeMerges(Connection connection, Map<Long, Long> merged)
      throws SQLException {
    for (Sql move : MOVES) {
      move.batch(
          connection,
          merged.entrySet(),
          (row, one) ->
              row.set("into", one.getValue().longValue()).set("record", one.getKey().longValue()));
    }
    for (Sql deletion : DELETIONS) {
      deletion.batch(
          connection, merged.keySet(), (row, record) -> row.set("record", record.longValue()));
    }
  }

  private static long number(Map<Long, Long> numbers, long record) {
    return numbers.getOrDefault(record, record);
  }
}
