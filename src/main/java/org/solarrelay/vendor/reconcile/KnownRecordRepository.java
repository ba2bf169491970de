package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solarrelay.database.Sql;

/** Stores the records of vendors' lists as the last run found them. */
@Singleton
public class KnownRecordRepository {

  /**
   * A record of an earlier run.
   *
   * @param state by part; empty while it is listed but not yet compared
   * @param checkedAt when the state was read from the vendor
   */
  record Row(Map<String, String> state, OffsetDateTime checkedAt) {

    /** A record that no run has compared. */
    static final Row UNKNOWN = new Row(Map.of(), null);

    boolean isUnknown() {
      return checkedAt == null;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Sql FIND =
      Sql.of(
          """
          select id, state, checked_at from reconcile_record
          where vendor = :vendor and kind = :kind and id = any (:ids)
          """);

  private static final Sql SEEN =
      Sql.of(
          """
          insert into reconcile_record as r (vendor, kind, id, run)
          select :vendor, :kind, id, :run from unnest(:ids::text[]) as s (id)
          on conflict (vendor, kind, id) do update set run = excluded.run where r.run <> excluded.run
          returning id
          """);

  private static final Sql STORE =
      Sql.of(
          """
          update reconcile_record r set state = s.state, checked_at = :at
          from unnest(:ids::text[], :states::text[]) as s (id, state)
          where r.vendor = :vendor and r.kind = :kind and r.id = s.id
          """);

  private static final Sql DELETED =
      Sql.of(
          """
          select count(*) as records from reconcile_record
          where vendor = :vendor and kind = :kind and run < :run and state is not null
          """);

  // what no run has listed for as long as runs are kept
  private static final Sql PRUNE =
      Sql.of(
          """
          delete from reconcile_record where vendor = :vendor and run < (
            select min(id) from reconcile_run where vendor = :vendor)
          """);

  // a record's events may have another of its ids as their subject
  private static final Sql TOUCHED =
      Sql.of(
          """
          select subject as id from event
          where source = :vendor and subject = any (:ids) and recorded_at >= :since
          union
          select i.id from record_id i join record_id o on o.record = i.record
          where i.name = :name and i.id = any (:ids) and (
            exists (
              select from event e
              where e.source = :vendor and e.subject = o.id and e.recorded_at >= :since)
            or exists (
              select from delivery_ledger d
              where d.record = split_part(o.name, '.', 1) || ':' || o.id
                and d.destination = :vendor and d.finished_at >= :since))
          """);

  /** The rows of these records, by id. */
  Map<String, Row> find(Connection connection, String vendor, String kind, Collection<String> ids)
      throws SQLException {
    Map<String, Row> rows = new HashMap<>();
    FIND.forEach(
        connection,
        parameters -> parameters.set("vendor", vendor).set("kind", kind).texts("ids", ids),
        row ->
            rows.put(
                row.getString("id"),
                new Row(
                    state(row.getString("state")),
                    row.getObject("checked_at", OffsetDateTime.class))));
    return rows;
  }

  /** Notes that a run has found these records; returns how many it had not found before. */
  int seen(Connection connection, ReconcileRun run, String kind, Collection<String> ids)
      throws SQLException {
    return SEEN.list(
            connection,
            parameters ->
                parameters
                    .set("vendor", run.vendor())
                    .set("kind", kind)
                    .set("run", run.id())
                    .texts("ids", ids),
            row -> true)
        .size();
  }

  /** Stores the states of records, as a page had them that was requested at this time. */
  void store(
      Connection connection,
      String vendor,
      String kind,
      List<ListedRecord> records,
      OffsetDateTime at)
      throws SQLException {
    if (!records.isEmpty()) {
      STORE.update(
          connection,
          parameters ->
              parameters
                  .set("vendor", vendor)
                  .set("kind", kind)
                  .set("at", at)
                  .texts("ids", records.stream().map(ListedRecord::id).toList())
                  .texts("states", records.stream().map(it -> json(it.state())).toList()));
    }
  }

  /**
   * The records among these that a webhook reported, or the relay wrote, since a time.
   *
   * @param idName the name of their ids, such as {@code enerflo.install}
   */
  Set<String> touched(
      Connection connection,
      String vendor,
      String idName,
      Collection<String> ids,
      OffsetDateTime since)
      throws SQLException {
    return new HashSet<>(
        TOUCHED.list(
            connection,
            parameters ->
                parameters
                    .set("vendor", vendor)
                    .set("name", idName)
                    .set("since", since)
                    .texts("ids", ids),
            row -> row.getString("id")));
  }

  /** How many records of earlier runs a run has not found. */
  int deleted(Connection connection, ReconcileRun run, String kind) throws SQLException {
    return DELETED
        .first(
            connection,
            parameters ->
                parameters.set("vendor", run.vendor()).set("kind", kind).set("run", run.id()),
            row -> row.getInt("records"))
        .orElse(0);
  }

  /** Deletes records that no run has listed for as long as runs are kept. */
  void prune(Connection connection, String vendor, Duration keep) throws SQLException {
    if (!keep.isZero()) {
      PRUNE.update(connection, parameters -> parameters.set("vendor", vendor));
    }
  }

  private static Map<String, String> state(String json) throws SQLException {
    try {
      return json == null
          ? Map.of()
          : JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the state of a record is not JSON", e);
    }
  }

  private static String json(Map<String, String> state) {
    return JSON.valueToTree(state).toString();
  }
}
