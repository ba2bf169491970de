package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;

/** Writes the results of attempts: all of them in one statement, the failures in a batch. */
final class AttemptRepository {

  // The state is compared as an expression, so that the row is found by its primary key. With
  // state = 'running' PostgreSQL may read the whole partial index delivery_order for each batch,
  // because id is a column of it: its cost is then that of the backlog.
  static final Sql RECORD =
      Sql.of(
          """
          with written as (
            update delivery d
            set state = a.state, due_at = now() + a.wait * interval '1 ms', status = a.status,
              answer = a.answer, vendor_id = a.vendor_id, reason = a.reason,
              finished_at = case when a.finished then now() end, wrote = a.wrote,
              budget_from = case when a.without_retry_cost then null else d.budget_from end
          from unnest(:ids::bigint[], :attempts::int[], :states::text[], :waits::bigint[],
              :statuses::int[], :responses::text[], :vendorIds::text[], :reasons::text[],
              :finished::boolean[], :wrote::text[], :withoutRetryCost::boolean[])
            as a (id, attempt, state, wait, status, answer, vendor_id, reason, finished, wrote,
              without_retry_cost)
          where d.id = a.id and d.attempts = a.attempt and d.state || '' = 'running'
            returning d.id, d.finished_at is not null as finished)
          insert into unannounced select id from written where finished on conflict do nothing
          """);

  private static final Sql RECORD_FAILURE =
      Sql.of(
          """
          insert into failed_attempt (delivery_id, attempt, status, reason, answer)
          values (:delivery, :attempt, :status, :reason, :response) on conflict do nothing
          """);

  private static final Sql RETURN =
      Sql.of(
          """
          update delivery
          set state = 'pending', due_at = now() + :wait * interval '1 ms', attempts = attempts - 1
          where id = :delivery and attempts = :attempt and state || '' = 'running'
          """);

  private static final Sql END =
      Sql.of(
          """
          with ended as (
            update delivery set state = 'dead', reason = :reason, finished_at = now()
            where id = :delivery and state || '' in ('pending', 'running') returning id)
          insert into unannounced select id from ended on conflict do nothing
          """);

  private AttemptRepository() {}

  /** Ends a delivery as dead, without the result of its attempt. */
  static void endAsDead(Connection connection, long delivery, String reason) throws SQLException {
    END.update(
        connection, parameters -> parameters.set("reason", reason).set("delivery", delivery));
  }

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

  /** Writes results; ignores a delivery whose lease another pod has taken since. */
  static void write(Connection connection, List<CompletedAttempt> attempts) throws SQLException {
    if (attempts.isEmpty()) {
      return;
    }
    RECORD.update(connection, parameters -> bind(parameters, attempts));
    List<CompletedAttempt> failed = attempts.stream().filter(one -> one.result().failed()).toList();
    RECORD_FAILURE.batch(
        connection,
        failed,
        (row, attempt) ->
            row.set("delivery", attempt.delivery().id())
                .set("attempt", attempt.delivery().attempt())
                .set("status", attempt.result().status())
                .set("reason", attempt.result().reason())
                .set("response", attempt.result().response()));
  }

  /** Binds the attempts to {@link #RECORD}, an array for each column. */
  static void bind(SqlParameters parameters, List<CompletedAttempt> attempts) throws SQLException {
    parameters
        .bigints("ids", column(attempts, attempt -> attempt.delivery().id()))
        .array("attempts", "int", column(attempts, attempt -> attempt.delivery().attempt()))
        .texts("states", results(attempts, result -> result.state().text()))
        .bigints("waits", results(attempts, AttemptRepository::waitMillis))
        .array("statuses", "int", results(attempts, AttemptResult::status))
        .texts("responses", results(attempts, AttemptResult::response))
        .texts("vendorIds", results(attempts, AttemptResult::vendorId))
        .texts("reasons", results(attempts, AttemptResult::reason))
        .array("finished", "boolean", results(attempts, result -> result.state().isFinished()))
        .texts("wrote", results(attempts, AttemptRepository::wrote))
        .array("withoutRetryCost", "boolean", column(attempts, CompletedAttempt::withoutRetryCost));
  }

  private static <T> List<T> results(
      List<CompletedAttempt> attempts, Function<AttemptResult, T> value) {
    return column(attempts, attempt -> value.apply(attempt.result()));
  }

  private static <T> List<T> column(
      List<CompletedAttempt> attempts, Function<CompletedAttempt, T> value) {
    return attempts.stream().map(value).toList();
  }

  private static long waitMillis(AttemptResult result) {
    return result.retryAfter() == null ? 0 : result.retryAfter().toMillis();
  }

  private static String wrote(AttemptResult result) {
    return result.wrote() == null ? null : result.wrote().toString();
  }
}
