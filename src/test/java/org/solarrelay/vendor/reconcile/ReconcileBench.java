package org.solarrelay.vendor.reconcile;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.solarrelay.database.Sql;
import org.solarrelay.event.EventJson;
import org.solarrelay.vendor.reconcile.ReconcileService.Request;

/** Runs the routes reconcile-<vendor>, and reads what came of it. */
@Singleton
class ReconcileBench {

  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static final Sql PROCESSED =
      Sql.of(
          """
          select count(*) as processed from unnest(:receipts) as r (receipt)
          where exists (select from event e where e.receipt = r.receipt)
            or exists (select from set_aside s where s.id = r.receipt)
          """);

  private static final Sql OPEN =
      Sql.of(
          """
          select count(*) as open from delivery_work where destination = 'crm'
            and source in ('enerflo', 'solarproof')
          """);

  private static final Sql EVENTS =
      Sql.of(
          """
          select e.id, e.type, e.subject, e.headers, e.value, d.state
          from event e left join delivery d
            on d.source = e.source and d.event_id = e.id and d.destination = 'crm'
          where e.source = :vendor and e.subject = any (:subjects)
          order by d.finished_at, d.id
          """);

  /**
   * An event at the CRM.
   *
   * @param state of the delivery; null without one
   */
  record Seen(
      String id, String type, String subject, boolean reconciled, JsonNode data, String state) {
    boolean isDelivered() {
      return "delivered".equals(state);
    }
  }

  private final DataSource database;
  private final ReconcileService service;
  private final ProducerTemplate camel;

  ReconcileBench(DataSource database, ReconcileService service, ProducerTemplate camel) {
    this.database = database;
    this.service = service;
    this.camel = camel;
  }

  /** Forgets all runs, so that the next one learns. */
  void reset() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate reconcile_run, reconcile_vendor, reconcile_record, reconcile_change");
    }
  }

  /** Ends the wait after a failed page. */
  void hurry() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update reconcile_run set next_at = now()");
    }
  }

  ReconcileRun run(String vendor) throws Exception {
    return run(vendor, new Request(false, false, Optional.empty()));
  }

  ReconcileRun run(String vendor, Request request) throws Exception {
    ReconcileRun started = service.start(vendor, request, "test");
    return await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> turn(vendor, started.id()), run -> run.state().isOver());
  }

  /** Takes a turn; returns the run after it. */
  ReconcileRun turn(String vendor, long run) throws SQLException {
    turn(vendor);
    return service.run(run).orElseThrow();
  }

  void turn(String vendor) {
    camel.send("direct:reconcile-%s-turn".formatted(vendor), unused -> {});
  }

  /** Waits until these webhooks are processed and all callbacks of the CRM are sent. */
  void awaitProcessed(Collection<String> receipts) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                count(PROCESSED, parameters -> parameters.texts("receipts", receipts), "processed"),
            count -> count == receipts.size());
    awaitCallbacks();
  }

  void awaitCallbacks() {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> count(OPEN, parameters -> {}, "open"), count -> count == 0);
  }

  /** Waits until the relay has stored the events of a run. */
  void awaitEvents(ReconcileRun run) throws SQLException {
    List<String> ids = new ArrayList<>();
    service.changes(run.id(), 10_000).forEach(one -> one.events().forEach(it -> ids.add(it.id())));
    Sql stored = Sql.of("select count(*) as stored from event where id = any (:ids)");
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> count(stored, parameters -> parameters.texts("ids", ids), "stored"),
            count -> count == ids.size());
    awaitCallbacks();
  }

  /** The events of these records, in the order in which the CRM received them. */
  List<Seen> events(String vendor, Collection<String> subjects) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return EVENTS.list(
          connection,
          parameters -> parameters.set("vendor", vendor).texts("subjects", subjects),
          row ->
              new Seen(
                  row.getString("id"),
                  row.getString("type"),
                  row.getString("subject"),
                  row.getString("headers").contains("ce_reconciled"),
                  EventJson.parse(row.getBytes("value")),
                  row.getString("state")));
    }
  }

  private int count(Sql sql, Sql.Binding binding, String column) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return sql.first(connection, binding, row -> row.getInt(column)).orElseThrow();
    }
  }
}
