package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.solarrelay.database.Sql;

/**
 * Moves deliveries from the queue to the ledger and back, without an attempt. A finished delivery
 * is a row of {@code delivery_ledger}, every other one a row of {@code delivery_work}.
 */
final class DeliveryLedger {

  /** Which deliveries of the queue may end without an attempt. */
  enum Unfinished {
    /** Pending, running and held deliveries. */
    ANY("true"),
    /** Deliveries that await an operator's approval. */
    HELD("held"),
    /** Deliveries that no live pod has taken. */
    NOT_IN_FLIGHT("leased_until is null or leased_until <= now()");

    private final Sql end;

    Unfinished(String condition) {
      this.end = Sql.of(END.formatted(condition, KEPT, KEPT));
    }
  }

  /** The columns of both tables that no result changes. */
  static final String KEPT =
      """
      id, source, event_id, destination, record, match_key, late, created_at, attempts,
            first_attempt_at, last_attempt_at, approved_at\
      """;

  private static final String END =
      """
      with ended as (
        delete from delivery_work where id = :delivery and (%s) returning *),
      finished as (
        insert into delivery_ledger (%s, state, status, answer, vendor_id, reason, wrote)
        select %s, :state, status, answer, vendor_id, :reason, wrote
        from ended returning id),
      unpublished as (
        insert into unannounced select id from finished on conflict do nothing)
      select id from finished
      """;

  private static final Sql SKIP_FINISHED =
      Sql.of(
          """
          with ended as (
            update delivery_ledger set state = 'skipped', reason = :reason, finished_at = now()
            where id = :delivery and state <> 'delivered' returning id)
          insert into unannounced select id from ended on conflict do nothing
          """);

  private static final Sql RETURN =
      Sql.of(
          """
          with returned as (
            delete from delivery_ledger where id = any (:deliveries) returning *)
          insert into delivery_work (id, source, event_id, destination, record, match_key, bytes,
            late, created_at, due_at, attempts, first_attempt_at, last_attempt_at, approved_at,
            status, answer, vendor_id, reason, wrote)
          select r.id, r.source, r.event_id, r.destination, r.record, r.match_key,
            octet_length(e.value) + octet_length(e.headers), true, r.created_at,
            now() + :wait * interval '1 ms', r.attempts, r.first_attempt_at, r.last_attempt_at,
            r.approved_at, r.status, r.answer, r.vendor_id, r.reason, r.wrote
          from returned r join event e on e.source = r.source and e.id = r.event_id
          """);

  private static final Sql MARK_UNPUBLISHED =
      Sql.of("insert into unannounced select unnest(:deliveries) on conflict do nothing");

  private DeliveryLedger() {}

  /**
   * Ends a delivery of the queue.
   *
   * @return whether the delivery was one of {@code which}
   */
  static boolean end(
      Connection connection, long delivery, Unfinished which, DeliveryState state, String reason)
      throws SQLException {
    return which
        .end
        .first(
            connection,
            parameters ->
                parameters
                    .set("delivery", delivery)
                    .set("state", state.text())
                    .set("reason", reason),
            row -> row.getLong("id"))
        .isPresent();
  }

  /** Turns a finished delivery into a skipped one, unless it was delivered. */
  static void skipFinished(Connection connection, long delivery, String reason)
      throws SQLException {
    SKIP_FINISHED.update(
        connection, parameters -> parameters.set("delivery", delivery).set("reason", reason));
  }

  /**
   * Returns finished deliveries to the queue, behind later ones of their records.
   *
   * @param waitMillis until they are due
   */
  static void returnToQueue(Connection connection, Collection<Long> deliveries, long waitMillis)
      throws SQLException {
    RETURN.update(
        connection,
        parameters -> parameters.bigints("deliveries", deliveries).set("wait", waitMillis));
  }

  /** Has {@link OutcomePublisher} publish the outcomes of finished deliveries. */
  static void markUnpublished(Connection connection, List<Long> deliveries) throws SQLException {
    if (!deliveries.isEmpty()) {
      MARK_UNPUBLISHED.update(
          connection, parameters -> parameters.bigints("deliveries", deliveries));
    }
  }
}
