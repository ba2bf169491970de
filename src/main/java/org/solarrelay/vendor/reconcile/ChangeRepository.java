package org.solarrelay.vendor.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventJson;

/** Stores the records that a run found to differ, until the run has decided about them. */
@Singleton
public class ChangeRepository {

  /** A record that differs, as a page had it that was requested at {@code at}. */
  record Candidate(String kind, ListedRecord record, OffsetDateTime at) {}

  /**
   * An event that a run has made, or that a dry run would make.
   *
   * @param change a {@link MissedChange#label}
   */
  public record MadeEvent(String type, String id, String change) {}

  /** A record about which a run has decided. */
  public record DecidedChange(String kind, String id, String decision, List<MadeEvent> events) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Sql ADD =
      Sql.of(
          """
          insert into reconcile_change (run, kind, id, listed_at, record)
          select :run, :kind, id, :at, record
          from unnest(:ids::text[], :records::text[]) as c (id, record)
          on conflict (run, kind, id) do update
          set listed_at = excluded.listed_at, record = excluded.record
          """);

  private static final Sql UNDECIDED =
      Sql.of(
          """
          select kind, listed_at, record from reconcile_change
          where run = :run and decision is null
          order by kind, id limit :limit
          """);

  private static final Sql DECIDE =
      Sql.of(
          """
          update reconcile_change set decision = :decision, events = :events, record = null
          where run = :run and kind = :kind and id = :id
          """);

  // of a run that is over, only what it made is of interest
  private static final Sql CLEAN =
      Sql.of(
          """
          delete from reconcile_change
          where run = :run and (decision is null or decision <> all (:kept))
          """);

  private static final Sql DECIDED =
      Sql.of(
          """
          select kind, id, decision, events from reconcile_change
          where run = :run and decision is not null
          order by decision <> 'missed', kind, id limit :limit
          """);

  private final DataSource database;

  ChangeRepository(DataSource database) {
    this.database = database;
  }

  void add(Connection connection, ReconcileTask task, List<ListedRecord> records)
      throws SQLException {
    if (!records.isEmpty()) {
      ADD.update(
          connection,
          parameters ->
              parameters
                  .set("run", task.run().id())
                  .set("kind", task.getKind())
                  .set("at", task.at())
                  .texts("ids", records.stream().map(ListedRecord::id).toList())
                  .texts(
                      "records",
                      records.stream().map(record -> EventData.write(record).toString()).toList()));
    }
  }

  List<Candidate> undecided(Connection connection, long run, int limit) throws SQLException {
    return UNDECIDED.list(
        connection,
        parameters -> parameters.set("run", run).set("limit", limit),
        row ->
            new Candidate(
                row.getString("kind"),
                EventData.read(
                    EventJson.parse(row.getString("record").getBytes(StandardCharsets.UTF_8)),
                    ListedRecord.class),
                row.getObject("listed_at", OffsetDateTime.class)));
  }

  void decide(Connection connection, long run, Collection<DecidedChange> changes)
      throws SQLException {
    DECIDE.batch(
        connection,
        changes,
        (row, change) ->
            row.set("decision", change.decision())
                .set("events", JSON.valueToTree(change.events()).toString())
                .set("run", run)
                .set("kind", change.kind())
                .set("id", change.id()));
  }

  /** Deletes what a run that is over no longer needs; of a dry run the decisions stay. */
  void clean(Connection connection, ReconcileRun run) throws SQLException {
    List<String> kept =
        run.options().dryRun()
            ? List.of(Decision.MISSED.label(), Decision.BUSY.label(), Decision.INVALID.label())
            : List.of(Decision.MISSED.label());
    CLEAN.update(connection, parameters -> parameters.set("run", run.id()).texts("kept", kept));
  }

  /** What a run decided, first what no webhook reported. */
  List<DecidedChange> decided(long run, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return DECIDED.list(
          connection,
          parameters -> parameters.set("run", run).set("limit", limit),
          row ->
              new DecidedChange(
                  row.getString("kind"),
                  row.getString("id"),
                  row.getString("decision"),
                  events(row.getString("events"))));
    }
  }

  private static List<MadeEvent> events(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<List<MadeEvent>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the events of a change are not JSON", e);
    }
  }
}
