package org.solarrelay.identity;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Finds the records of one person, and erases the personal data in them. An erased record keeps its
 * number and the vendors' ids, so that a later webhook of a vendor still finds its record. Its
 * e-mail addresses, phone numbers, names and addresses go, and each id that holds one of them.
 */
@Singleton
public class PersonRecords {

  /**
   * A record of the person.
   *
   * @param number the relay's own
   * @param keys its e-mail addresses, phone numbers, names and addresses
   */
  public record PersonRecord(
      long number, RecordKind kind, List<SearchKey> keys, List<ExternalId> ids) {

    private PersonRecord(long number, RecordKind kind) {
      this(number, kind, new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * What an erasure has removed.
   *
   * @param keys e-mail addresses, phone numbers, names and addresses
   * @param ids ids that held personal data
   */
  public record Removed(int keys, int ids) {}

  private static final String RELATED =
      """
      with customers as (
        select coalesce(customer, id) as id from record where id = any (:records)),
      related as (
        select id from customers
        union select id from record where customer in (select id from customers)
        union select id from record where id = any (:records))
      """;

  private static final Sql RECORDS =
      Sql.of(
          RELATED
              + """
              select r.id, r.project, null as trait, null as value, null as name, null as known_id,
                null as learnt_from
              from record r where r.id in (select id from related)
              union all
              select t.record, null, t.trait, t.value, null, null, null
              from record_trait t where t.record in (select id from related)
              union all
              select i.record, null, null, null, i.name, i.id, i.learnt_from
              from record_id i where i.record in (select id from related)
              order by id, project, trait, value, name, known_id
              """);

  private static final Sql SHARED =
      Sql.of(
          """
          select k.trait, k.value from unnest(:traits::text[], :values::text[]) as k (trait, value)
          where exists (
            select from record_trait t
            where t.trait = k.trait and t.value = k.value and t.record <> all (:records))
          """);

  private static final Sql DELETE_KEYS =
      Sql.of("delete from record_trait where record = any (:records)");

  private static final Sql DELETE_ID =
      Sql.of("delete from record_id where name = :name and id = :id and record = :record");

  private static final Sql FORGET_ORIGIN =
      Sql.of(
          """
          update record_id set learnt_from = 'an event that is erased'
          where name = :name and id = :id and record = :record
          """);

  private static final String WITHOUT_ID =
      """
      select r.id from record r
      where r.id = any (:records) and not exists (select from record_id i where i.record = r.id)
      """;

  private static final List<Sql> DELETE_EMPTY =
      List.of(
          Sql.of("update record set customer = null where customer in (" + WITHOUT_ID + ")"),
          Sql.of("delete from record where id in (" + WITHOUT_ID + ")"));

  private final DataSource database;

  public PersonRecords(DataSource database) {
    this.database = database;
  }

  /** The records with these numbers, their customers, and all projects of these. */
  public List<PersonRecord> find(Collection<Long> numbers) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return find(connection, numbers);
    }
  }

  private static List<PersonRecord> find(Connection connection, Collection<Long> numbers)
      throws SQLException {
    Map<Long, PersonRecord> found = new LinkedHashMap<>();
    RECORDS.forEach(
        connection,
        parameters -> parameters.bigints("records", numbers),
        row -> {
          long number = row.getLong("id");
          if (row.getString("trait") != null) {
            found
                .get(number)
                .keys()
                .add(new SearchKey(row.getString("trait"), row.getString("value")));
          } else if (row.getString("name") != null) {
            found
                .get(number)
                .ids()
                .add(
                    new ExternalId(
                        row.getString("name"),
                        row.getString("known_id"),
                        row.getString("learnt_from")));
          } else {
            RecordKind kind = row.getBoolean("project") ? RecordKind.PROJECT : RecordKind.CUSTOMER;
            found.put(number, new PersonRecord(number, kind));
          }
        });
    return List.copyOf(found.values());
  }

  /** Those of the keys that other records have as well. */
  public List<SearchKey> shared(Collection<SearchKey> keys, Collection<Long> numbers)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return SHARED.list(
          connection,
          parameters ->
              parameters
                  .texts("traits", keys.stream().map(SearchKey::trait).toList())
                  .texts("values", keys.stream().map(SearchKey::value).toList())
                  .bigints("records", numbers),
          row -> new SearchKey(row.getString("trait"), row.getString("value")));
    }
  }

  /** What {@link #erase} would remove. */
  public Removed removable(Collection<PersonRecord> records, PersonalText personal) {
    int keys = records.stream().mapToInt(record -> record.keys().size()).sum();
    long ids =
        records.stream()
            .flatMap(record -> record.ids().stream())
            .filter(id -> personal.isIn(id.id()))
            .count();
    return new Removed(keys, (int) ids);
  }

  /** Erases the personal data of records; those that have no id then are deleted. */
  public Removed erase(Collection<Long> numbers, PersonalText personal) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          LinkRepository.lock(connection);
          List<PersonRecord> records = find(connection, numbers);
          List<Long> all = records.stream().map(PersonRecord::number).toList();
          int ids = 0;
          for (PersonRecord record : records) {
            ids += eraseIds(connection, record, personal);
          }
          int keys =
              DELETE_KEYS.update(connection, parameters -> parameters.bigints("records", all));
          for (Sql deletion : DELETE_EMPTY) {
            deletion.update(connection, parameters -> parameters.bigints("records", all));
          }
          return new Removed(keys, ids);
        });
  }

  private static int eraseIds(Connection connection, PersonRecord record, PersonalText personal)
      throws SQLException {
    int removed = 0;
    for (ExternalId id : record.ids()) {
      boolean remove = personal.isIn(id.id());
      if (remove || id.from().startsWith("event ") || personal.isIn(id.from())) {
        Sql change = remove ? DELETE_ID : FORGET_ORIGIN;
        change.update(
            connection,
            parameters ->
                parameters
                    .set("name", id.name())
                    .set("id", id.id())
                    .set("record", record.number()));
        removed += remove ? 1 : 0;
      }
    }
    return removed;
  }
}
