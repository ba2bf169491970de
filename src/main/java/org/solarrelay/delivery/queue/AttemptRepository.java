package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;

/**
 * Writes the results of attempts, with what each has sent. A finished delivery moves from {@code
 * delivery_work} to {@code delivery_ledger}; the others return to the queue. The same statement
 * writes {@code attempt_request}, so nothing is stored of a delivery that an operator has erased.
 */
final class AttemptRepository {

  // with "id = any" PostgreSQL finds the rows by their key, whatever its statistics say; with the
  // join alone it may read the whole table
  static final Sql FINISH =
      Sql.of(
          """
          with finished as (
            delete from delivery_work d
            using unnest(:ids::bigint[], :attempts::int[], :states::text[], :statuses::int[],
                :responses::text[], :vendorIds::text[], :reasons::text[], :wrote::text[],
                :latencies::int[], :forObjective::boolean[], :durations::int[], :calls::text[])
              as a (id, attempt, state, new_status, new_answer, new_vendor_id, new_reason, new_wrote,
                latency_ms, for_objective, duration_ms, calls)
            where d.id = any (:ids) and d.id = a.id and d.attempts = a.attempt
              and d.leased_until is not null
            returning d.*, a.state, a.new_status, a.new_answer, a.new_vendor_id, a.new_reason,
              a.new_wrote, a.latency_ms, a.for_objective, a.duration_ms, a.calls),
          requests as (
            insert into attempt_request (delivery_id, attempt, duration_ms, calls)
            select id, attempts, duration_ms, calls from finished where duration_ms is not null)
          insert into delivery_ledger (%s, state, status, answer, vendor_id, reason, wrote,
            latency_ms, for_objective)
          select %s, state, new_status, new_answer, new_vendor_id, new_reason, new_wrote,
            latency_ms, for_objective
          from finished
          returning id, finished_at
          """
              .formatted(DeliveryLedger.KEPT, DeliveryLedger.KEPT));

  static final Sql GO_ON =
      Sql.of(
          """
          with unfinished as (
            update delivery_work d
            set held = a.held, leased_until = null, due_at = now() + a.wait * interval '1 ms',
              status = a.status, answer = a.answer, vendor_id = a.vendor_id, reason = a.reason,
              wrote = a.wrote,
              budget_from = case when a.without_retry_cost then null else d.budget_from end
            from unnest(:ids::bigint[], :attempts::int[], :held::boolean[], :waits::bigint[],
                :statuses::int[], :responses::text[], :vendorIds::text[], :reasons::text[],
                :wrote::text[], :withoutRetryCost::boolean[], :durations::int[], :calls::text[])
              as a (id, attempt, held, wait, status, answer, vendor_id, reason, wrote,
                without_retry_cost, duration_ms, calls)
            where d.id = any (:ids) and d.id = a.id and d.attempts = a.attempt
              and d.leased_until is not null
            returning a.id, a.attempt, a.duration_ms, a.calls)
          insert into attempt_request (delivery_id, attempt, duration_ms, calls)
          select id, attempt, duration_ms, calls from unfinished where duration_ms is not null
          """);

  // a delivery may be gone: an operator has erased the person
  private static final Sql RECORD_FAILURE =
      Sql.of(
          """
          insert into failed_attempt (delivery_id, attempt, status, reason, answer, destination)
          select :delivery, :attempt, :status, :reason, :response, :destination
          where exists (select from delivery where id = :delivery)
          on conflict do nothing
          """);

  static final Sql RETURN =
      Sql.of(
          """
          update delivery_work
          set leased_until = null, due_at = now() + :wait * interval '1 ms', attempts = attempts - 1
          where id = :delivery and attempts = :attempt and leased_until is not null
          """);

  /** Up to this number of attempts the join is as fast without a hash. */
  private static final int FEW = 8;

  private AttemptRepository() {}

  /**
   * Returns deliveries to the queue that were taken but not attempted.
   *
   * @param wait until they are due
   */
  static void returnToQueue(Connection connection, List<Delivery> unstarted, Duration wait)
      throws SQLException {
    RETURN.batch(
        connection,
        unstarted,
        (row, delivery) ->
            row.set("wait", wait.toMillis())
                .set("delivery", delivery.id())
                .set("attempt", delivery.attempt()));
  }

  /** A delivery that an attempt has finished. */
  record Finished(long id, OffsetDateTime at) {}

  /**
   * Writes results; ignores a delivery whose lease another pod has taken since.
   *
   * @return the deliveries that are finished now
   */
  static List<Finished> write(Connection connection, List<CompletedAttempt> attempts)
      throws SQLException {
    if (attempts.size() > FEW) {
      Transaction.joinByHash(connection);
    }
    Map<Boolean, List<CompletedAttempt>> byEnd =
        attempts.stream()
            .collect(Collectors.partitioningBy(one -> one.result().state().isFinished()));
    List<CompletedAttempt> unfinished = byEnd.get(false);
    if (!unfinished.isEmpty()) {
      GO_ON.update(connection, parameters -> bindUnfinished(parameters, unfinished));
    }
    List<CompletedAttempt> failed = attempts.stream().filter(one -> one.result().failed()).toList();
    RECORD_FAILURE.batch(
        connection,
        failed,
        (row, attempt) ->
            row.set("delivery", attempt.delivery().id())
                .set("attempt", attempt.delivery().attempt())
                .set("status", attempt.result().status())
                .set("reason", attempt.result().reason())
                .set("response", attempt.result().response())
                .set("destination", attempt.delivery().destination()));
    return finish(connection, byEnd.get(true));
  }

  private static List<Finished> finish(Connection connection, List<CompletedAttempt> finished)
      throws SQLException {
    return finished.isEmpty()
        ? List.of()
        : FINISH.list(
            connection,
            parameters -> bindFinished(parameters, finished),
            row ->
                new Finished(
                    row.getLong("id"), row.getObject("finished_at", OffsetDateTime.class)));
  }

  /** Binds the attempts to {@link #FINISH}, an array for each column. */
  static void bindFinished(SqlParameters parameters, List<CompletedAttempt> attempts)
      throws SQLException {
    bind(parameters, attempts);
    parameters
        .texts("states", results(attempts, result -> result.state().text()))
        .array("latencies", "int", column(attempts, AttemptRepository::latencyMillis))
        .array("forObjective", "boolean", column(attempts, CompletedAttempt::forObjective));
  }

  private static void bindUnfinished(SqlParameters parameters, List<CompletedAttempt> attempts)
      throws SQLException {
    bind(parameters, attempts);
    parameters
        .array("held", "boolean", results(attempts, result -> result.state() == DeliveryState.HELD))
        .bigints("waits", results(attempts, AttemptRepository::waitMillis))
        .array("withoutRetryCost", "boolean", column(attempts, CompletedAttempt::withoutRetryCost));
  }

  private static void bind(SqlParameters parameters, List<CompletedAttempt> attempts)
      throws SQLException {
    parameters
        .bigints("ids", column(attempts, attempt -> attempt.delivery().id()))
        .array("attempts", "int", column(attempts, attempt -> attempt.delivery().attempt()))
        .array("statuses", "int", results(attempts, AttemptResult::status))
        .texts("responses", results(attempts, AttemptResult::response))
        .texts("vendorIds", results(attempts, AttemptResult::vendorId))
        .texts("reasons", results(attempts, AttemptResult::reason))
        .texts("wrote", results(attempts, AttemptRepository::wrote))
        .array("durations", "int", column(attempts, CompletedAttempt::durationMillis))
        .texts("calls", results(attempts, AttemptResult::calls));
  }

  private static <T> List<T> results(
      List<CompletedAttempt> attempts, Function<AttemptResult, T> value) {
    return column(attempts, attempt -> value.apply(attempt.result()));
  }

  private static <T> List<T> column(
      List<CompletedAttempt> attempts, Function<CompletedAttempt, T> value) {
    return attempts.stream().map(value).toList();
  }

  /** Null unless delivered; at most what the column holds, 24 days. */
  private static Integer latencyMillis(CompletedAttempt attempt) {
    return attempt.result().state() == DeliveryState.DELIVERED
        ? (int) Math.min(attempt.latency().toMillis(), Integer.MAX_VALUE)
        : null;
  }

  private static long waitMillis(AttemptResult result) {
    return result.retryAfter() == null ? 0 : result.retryAfter().toMillis();
  }

  private static String wrote(AttemptResult result) {
    return result.wrote() == null ? null : result.wrote().toString();
  }
}
