package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Writes what became of attempts: all of them in one statement, and the failures as well. */
final class AttemptRepository {

  // The state is compared as an expression, so that the row is found by its primary key. With
  // state = 'running' PostgreSQL may read the whole partial index delivery_order for each batch,
  // because id is a column of it: its cost is then that of the backlog.
  static final String RECORD =
      """
      with written as (
        update delivery d
        set state = a.state, due_at = now() + a.wait * interval '1 ms', status = a.status,
          answer = a.answer, vendor_id = a.vendor_id, reason = a.reason,
          finished_at = case when a.over then now() end, wrote = a.wrote,
          budget_from = case when a.spared then null else d.budget_from end
      from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::int[], ?::text[], ?::text[],
          ?::text[], ?::boolean[], ?::text[], ?::boolean[])
        as a (id, attempt, state, wait, status, answer, vendor_id, reason, over, wrote, spared)
      where d.id = a.id and d.attempts = a.attempt and d.state || '' = 'running'
        returning d.id, d.finished_at is not null as over)
      insert into unannounced select id from written where over on conflict do nothing
      """;

  private static final String RECORD_FAILURE =
      """
      insert into failed_attempt (delivery_id, attempt, status, reason, answer)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String GIVE_BACK =
      """
      update delivery
      set state = 'pending', due_at = now() + ? * interval '1 ms', attempts = attempts - 1
      where id = ? and attempts = ? and state || '' = 'running'
      """;

  private static final String END =
      """
      with ended as (
        update delivery set state = 'dead', reason = ?, finished_at = now()
        where id = ? and state || '' in ('pending', 'running') returning id)
      insert into unannounced select id from ended on conflict do nothing
      """;

  private AttemptRepository() {}

  /** Ends a delivery as dead, with nothing of what its attempt brought. */
  static void end(Connection connection, long id, String reason) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END)) {
      end.setString(1, reason);
      end.setLong(2, id);
      end.executeUpdate();
    }
  }

  /**
   * Puts deliveries that were taken but not tried back into the queue.
   *
   * @param wait before they are due
   */
  static void giveBack(Connection connection, List<Delivery> untried, Duration wait)
      throws SQLException {
    try (PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
      for (Delivery delivery : untried) {
        giveBack.setLong(1, wait.toMillis());
        giveBack.setLong(2, delivery.id());
        giveBack.setInt(3, delivery.attempt());
        giveBack.addBatch();
      }
      giveBack.executeBatch();
    }
  }

  /** One whose lease another pod has taken over meanwhile is left alone. */
  static void write(Connection connection, List<CompletedAttempt> attempts) throws SQLException {
    if (attempts.isEmpty()) {
      return;
    }
    try (PreparedStatement record = connection.prepareStatement(RECORD)) {
      bind(connection, record, attempts);
      record.executeUpdate();
    }
    writeFailures(connection, attempts);
  }

  /** Binds the attempts to {@link #RECORD}, an array for each column. */
  static void bind(Connection connection, PreparedStatement record, List<CompletedAttempt> attempts)
      throws SQLException {
    Columns columns = new Columns(connection, record, attempts);
    columns.add("bigint", attempt -> attempt.delivery().id());
    columns.add("int", attempt -> attempt.delivery().attempt());
    columns.add("text", attempt -> attempt.result().state().text());
    columns.add("bigint", attempt -> waiting(attempt.result()).toMillis());
    columns.add("int", attempt -> attempt.result().status());
    columns.add("text", attempt -> attempt.result().response());
    columns.add("text", attempt -> attempt.result().vendorId());
    columns.add("text", attempt -> attempt.result().reason());
    columns.add("boolean", attempt -> isOver(attempt.result()));
    columns.add("text", attempt -> wrote(attempt.result()));
    columns.add("boolean", CompletedAttempt::withoutRetryCost);
  }

  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<CompletedAttempt> attempts;
    private int number;

    Columns(Connection connection, PreparedStatement statement, List<CompletedAttempt> attempts) {
      this.connection = connection;
      this.statement = statement;
      this.attempts = attempts;
    }

    void add(String type, Function<CompletedAttempt, Object> value) throws SQLException {
      Object[] values = attempts.stream().map(value).toArray();
      statement.setArray(++number, connection.createArrayOf(type, values));
    }
  }

  private static Duration waiting(AttemptResult verdict) {
    return verdict.retryAfter() == null ? Duration.ZERO : verdict.retryAfter();
  }

  private static boolean isOver(AttemptResult verdict) {
    return verdict.retryAfter() == null && verdict.state() != DeliveryState.HELD;
  }

  private static String wrote(AttemptResult verdict) {
    return verdict.wrote() == null ? null : verdict.wrote().toString();
  }

  private static void writeFailures(Connection connection, List<CompletedAttempt> attempts)
      throws SQLException {
    List<CompletedAttempt> failed = attempts.stream().filter(one -> one.result().failed()).toList();
    if (failed.isEmpty()) {
      return;
    }
    try (PreparedStatement failure = connection.prepareStatement(RECORD_FAILURE)) {
      for (CompletedAttempt attempt : failed) {
        AttemptResult verdict = attempt.result();
        failure.setLong(1, attempt.delivery().id());
        failure.setInt(2, attempt.delivery().attempt());
        failure.setObject(3, verdict.status(), java.sql.Types.INTEGER);
        failure.setString(4, verdict.reason());
        failure.setString(5, verdict.response());
        failure.addBatch();
      }
      failure.executeBatch();
    }
  }
}
