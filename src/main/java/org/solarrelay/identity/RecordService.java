package org.solarrelay.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/** Shows records to operators, and stores their corrections. */
@Singleton
public class RecordService {

  /**
   * An id of a record, in the operator API.
   *
   * @param current whether deliveries use the id; of several ids with one name they use the newest
   */
  public record ShownId(
      String system,
      String kind,
      String id,
      boolean current,
      String learntFrom,
      OffsetDateTime learntAt) {

    /** The id's name, such as {@code enerflo.install}. */
    @JsonIgnore
    public String name() {
      return kind.isEmpty() ? system : system + "." + kind;
    }
  }

  /**
   * A customer record or project record, in the operator API.
   *
   * @param record the relay's own number
   */
  public record Shown(long record, RecordKind kind, List<ShownId> ids) {}

  private static final Sql RELATED_RECORDS =
      Sql.of(
          """
          with related as (
            select id from record where id = any (:records)
            union
            select customer from record where id = any (:records) and customer is not null
            union
            select id from record where customer = any (:records))
          select r.id, r.project, i.name, i.id as known_id, i.learnt_from, i.learnt_at,
            row_number() over (partition by r.id, i.name order by i.learnt_at desc, i.id desc) = 1
              as current
          from related join record r on r.id = related.id join record_id i on i.record = r.id
          order by r.project, r.id, i.name, i.learnt_at, i.id
          """);

  private static final Sql BY_KEYS =
      Sql.of(
          """
          select distinct t.record
          from unnest(:traits::text[], :values::text[]) as k (trait, value)
          join record_trait t on t.trait = k.trait and t.value = k.value
          order by t.record desc limit :limit
          """);

  private static final Sql BY_ID =
      Sql.of(
          """
          select distinct record from record_id where id = :id order by record desc limit :limit
          """);

  private static final Sql KEYS =
      Sql.of(
          """
          select record, trait, value from record_trait
          where record = any (:records) and trait <> 'address' order by trait, value
          """);

  private static final Sql SET_CUSTOMER =
      Sql.of(
          """
          update record set customer = (
            select record from record_id where name = :customerName and id = :customerId)
          where id = (select record from record_id where name = :projectName and id = :projectId)
          """);

  private static final Sql DELETE_ID =
      Sql.of("delete from record_id where name = :name and id = :id returning record");

  private static final Sql OWNER =
      Sql.of("select record from record_id where name = :name and id = :id");

  private final DataSource database;
  private final Identity identity;

  public RecordService(DataSource database, Identity identity) {
    this.database = database;
    this.identity = identity;
  }

  /**
   * The records that have the id, with their customer and their projects; customers come first.
   *
   * @param system a system such as {@code enerflo}, or the name of an id such as {@code
   *     enerflo.install}
   */
  public List<Shown> find(String system, String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<Long> records = owners(connection, system, id).stream().distinct().toList();
      return related(connection, records);
    }
  }

  /** The records with these numbers, with their customers and projects; customers come first. */
  public List<Shown> find(Collection<Long> records) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return related(connection, records);
    }
  }

  private static List<Shown> related(Connection connection, Collection<Long> records)
      throws SQLException {
    List<Shown> shown = new ArrayList<>();
    RELATED_RECORDS.forEach(
        connection, parameters -> parameters.bigints("records", records), row -> add(shown, row));
    return shown;
  }

  /** The numbers of the records with one of the keys, the newest first. */
  public List<Long> findByKeys(Collection<SearchKey> keys, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return BY_KEYS.list(
          connection,
          parameters ->
              parameters
                  .texts("traits", keys.stream().map(SearchKey::trait).toList())
                  .texts("values", keys.stream().map(SearchKey::value).toList())
                  .set("limit", limit),
          row -> row.getLong("record"));
    }
  }

  /** The numbers of the records that have the id at any system, the newest first. */
  public List<Long> findById(String id, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return BY_ID.list(
          connection,
          parameters -> parameters.set("id", id).set("limit", limit),
          row -> row.getLong("record"));
    }
  }

  /** The e-mail addresses, phone numbers and names of records, normalised, by record. */
  public Map<Long, List<SearchKey>> keysOf(Collection<Long> records) throws SQLException {
    Map<Long, List<SearchKey>> keys = new HashMap<>();
    try (Connection connection = database.getConnection()) {
      KEYS.forEach(
          connection,
          parameters -> parameters.bigints("records", records),
          row ->
              keys.computeIfAbsent(row.getLong("record"), record -> new ArrayList<>())
                  .add(new SearchKey(row.getString("trait"), row.getString("value"))));
    }
    return keys;
  }

  /**
   * Moves ids to the record of the first id. Between a project and a customer, links the two
   * records instead: the customer becomes the project's customer.
   *
   * @param by the operator
   */
  void moveIds(ExternalId first, List<ExternalId> others, String by) throws SQLException {
    boolean ofProject = IdType.isOfProject(first.name());
    for (ExternalId other : others) {
      if (IdType.isOfProject(other.name()) == ofProject) {
        delete(other);
      }
    }
    IdentityLink all =
        IdentityLink.ofIds(Stream.concat(Stream.of(first), others.stream()).toList());
    identity.link(List.of(all));
    for (ExternalId projectId : all.projectIds()) {
      for (ExternalId customerId : all.customerIds()) {
        assignCustomer(projectId, customerId);
      }
    }
    recordLink(first, others, by);
  }

  /** Names the kinds of the ids: an id may be an e-mail address. */
  private void recordLink(ExternalId first, List<ExternalId> others, String by)
      throws SQLException {
    String names = others.stream().map(ExternalId::name).collect(Collectors.joining(", "));
    Transaction.run(
        database,
        connection -> {
          Optional<Long> owner =
              OWNER.first(
                  connection,
                  parameters -> parameters.set("name", first.name()).set("id", first.id()),
                  row -> row.getLong("record"));
          if (owner.isPresent()) {
            ActivityLog.record(
                connection,
                Activity.of(by, ActivityAction.LINK, SubjectKind.RECORD, owner.get())
                    .count(others.size())
                    .details(names));
          }
        });
  }

  private void delete(ExternalId id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      delete(connection, id.name(), id.id());
    }
  }

  private static Optional<Long> delete(Connection connection, String name, String id)
      throws SQLException {
    return DELETE_ID.first(
        connection,
        parameters -> parameters.set("name", name).set("id", id),
        row -> row.getLong("record"));
  }

  private void assignCustomer(ExternalId project, ExternalId customer) throws SQLException {
    try (Connection connection = database.getConnection()) {
      SET_CUSTOMER.update(
          connection,
          parameters ->
              parameters
                  .set("customerName", customer.name())
                  .set("customerId", customer.id())
                  .set("projectName", project.name())
                  .set("projectId", project.id()));
    }
  }

  /**
   * Removes an id from its record; false where no record has the id.
   *
   * @param by the operator
   */
  boolean remove(String name, String id, String by) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Optional<Long> record = delete(connection, name, id);
          if (record.isPresent()) {
            ActivityLog.record(
                connection,
                Activity.of(by, ActivityAction.UNLINK, SubjectKind.RECORD, record.get())
                    .details(name));
          }
          return record.isPresent();
        });
  }

  /** The names with which a system's id is stored, such as {@code enerflo.install}. */
  List<String> names(String system, String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return RecordLookup.keysOf(connection, system, id).stream()
          .map(RecordMerger.Key::name)
          .toList();
    }
  }

  private static List<Long> owners(Connection connection, String system, String id)
      throws SQLException {
    List<Long> owners = new ArrayList<>();
    for (RecordMerger.Key key : RecordLookup.keysOf(connection, system, id)) {
      OWNER.forEach(
          connection,
          parameters -> parameters.set("name", key.name()).set("id", key.id()),
          row -> owners.add(row.getLong("record")));
    }
    return owners;
  }

  private static void add(List<Shown> shown, ResultSet row) throws SQLException {
    long record = row.getLong("id");
    if (shown.isEmpty() || shown.get(shown.size() - 1).record() != record) {
      RecordKind kind = row.getBoolean("project") ? RecordKind.PROJECT : RecordKind.CUSTOMER;
      shown.add(new Shown(record, kind, new ArrayList<>()));
    }
    String name = row.getString("name");
    String system = IdType.system(name);
    shown
        .get(shown.size() - 1)
        .ids()
        .add(
            new ShownId(
                system,
                name.equals(system) ? "" : name.substring(system.length() + 1),
                row.getString("known_id"),
                row.getBoolean("current"),
                row.getString("learnt_from"),
                row.getObject("learnt_at", OffsetDateTime.class)));
  }
}
