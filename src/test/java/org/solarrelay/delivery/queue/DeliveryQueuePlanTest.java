package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;

/**
 * Each statement of the queue reads no more than its batch needs, whatever the backlog, the
 * finished rows and PostgreSQL's statistics. The statistics here are older than the backlog: of an
 * empty table, or of a table whose rows are all finished; unannounced has none.
 */
class DeliveryQueuePlanTest {

  private static final int BACKLOG = 20_000;
  private static final int BATCH = 64;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void addABacklogThatTheStatisticsLack() throws SQLException {
    // else PostgreSQL may analyze events amid the transaction that adds them, and count none
    fixture.execute("alter table event set (autovacuum_enabled = false)");
    for (String table : List.of("delivery_work", "unannounced")) {
      fixture.execute("alter table %s set (autovacuum_enabled = false)".formatted(table));
    }
    fixture.execute("analyze delivery_work, delivery_ledger");
    fixture.copyLeads(0, BACKLOG, "enerflo");
  }

  private static void finishTheBacklogAndAddAnother(String destination) throws SQLException {
    fixture.finish("delivered", "true");
    fixture.execute("vacuum analyze delivery_work, delivery_ledger");
    fixture.copyLeads(BACKLOG, BACKLOG, destination);
  }

  @Test
  void recordFindsItsRowsByTheirPrimaryKey() throws SQLException {
    List<CompletedAttempt> attempts = delivered(take("enerflo"));

    QueryPlan plan =
        explain(
            AttemptRepository.FINISH,
            parameters -> AttemptRepository.bindFinished(parameters, attempts));

    assertReadsByPrimaryKey(plan);
  }

  @Test
  void extendFindsItsRowsByTheirPrimaryKey() throws SQLException {
    List<Long> ids = take("enerflo").stream().map(Delivery::id).toList();

    QueryPlan plan =
        explain(
            DeliveryQueue.EXTEND,
            parameters -> parameters.set("lease", LEASE.toMillis()).bigints("deliveries", ids));

    assertReadsByPrimaryKey(plan);
  }

  @Test
  void takeReadsNoMoreThanItsBatch() throws SQLException {
    assertTakeReadsABatch("enerflo");
  }

  @Test
  void takeReadsNoMoreThanItsBatchWhereTheStatisticsShowNoneWaiting() throws SQLException {
    finishTheBacklogAndAddAnother("enerflo");

    assertTakeReadsABatch("enerflo");
  }

  @Test
  void takeReadsNoMoreThanItsBatchBesideManyFinished() throws SQLException {
    for (String destination : List.of("solarproof", "crm", "flip")) {
      fixture.execute(
          """
          insert into delivery_ledger (id, source, event_id, destination, record, state, late,
            created_at, attempts)
          select nextval('delivery_number'), source, event_id, '%s', record || '-past',
            'delivered', false, now(), 1
          from delivery_work
          """
              .formatted(destination));
    }
    finishTheBacklogAndAddAnother("solarproof");

    assertTakeReadsABatch("solarproof");
  }

  @Test
  void takeReadsNoMoreThanItsBatchBesideTheBacklogOfAnotherDestination() throws SQLException {
    fixture.clear();
    fixture.copyLeads(0, 2 * BACKLOG, "crm");
    fixture.execute("analyze delivery_work");
    fixture.copyLeads(2 * BACKLOG, BACKLOG, "enerflo");

    assertTakeReadsABatch("enerflo");
  }

  @Test
  void rowsAreFoundByTheirKeyWhereTheStatisticsComeFromAnEmptyQueue() throws SQLException {
    fixture.clear();
    for (int round = 0; round < 20; round++) {
      fixture.addLeads(round * BATCH, BATCH, "enerflo");
      fixture.queue.record(delivered(take("enerflo")));
    }
    fixture.execute("analyze delivery_work");
    fixture.copyLeads(20 * BATCH, BACKLOG, "enerflo");

    QueryPlan take = explainTake("enerflo");
    assertReadsABatch(take);
    List<CompletedAttempt> attempts = delivered(take("enerflo"));
    QueryPlan finish =
        explain(
            AttemptRepository.FINISH,
            parameters -> AttemptRepository.bindFinished(parameters, attempts),
            Transaction::joinByHash);
    QueryPlan release =
        explain(
            AttemptRepository.RETURN,
            parameters ->
                parameters
                    .set("wait", 0)
                    .set("delivery", attempts.get(0).delivery().id())
                    .set("attempt", 1));

    assertThat(take.text()).containsOnlyOnce("delivery_work_pkey").doesNotContain("Nested Loop");
    assertThat(finish.indexes()).as(finish.text()).containsOnly("delivery_work_pkey");
    assertThat(finish.text()).doesNotContain("Nested Loop");
    assertThat(release.indexes()).as(release.text()).containsOnly("delivery_work_pkey");
    assertThat(release.buffers()).as(release.text()).isLessThan(60);
  }

  /**
   * PostgreSQL keeps the plan of a prepared statement, which an idle worker makes, for the backlog.
   */
  @ParameterizedTest
  @ValueSource(strings = {"truncate delivery_work", "delete from delivery_work"})
  void thePlanOfAnEmptyQueueReadsNoIndexAsAWhole(String emptied) throws SQLException {
    fixture.execute("analyze delivery_work");
    fixture.execute(emptied);
    for (String statistics : List.of("select 1", "vacuum delivery_work", "analyze delivery_work")) {
      fixture.execute(statistics);

      assertThat(explainTake("enerflo").conditionlessIndexes()).as(statistics).isEmpty();
      assertThat(
              explain(
                      OrderingGuard.IN_FLIGHT,
                      parameters -> parameters.bigints("deliveries", List.of(1L, 2L)))
                  .conditionlessIndexes())
          .as(statistics)
          .isEmpty();
    }
  }

  @Test
  void deliveriesInFlightAreFoundByTheirMatchKey() throws SQLException {
    finishTheBacklogAndAddAnother("solarproof");
    assertTakeReadsABatch("solarproof");
    List<Long> ids = take("solarproof").stream().map(Delivery::id).toList();

    QueryPlan plan =
        explain(OrderingGuard.IN_FLIGHT, parameters -> parameters.bigints("deliveries", ids));

    assertReadsABatch(plan);
  }

  @Test
  void publishReadsNoMoreThanItsBatchAndNoPublishedDeliveries() throws SQLException {
    fixture.finish("delivered", "true");
    fixture.execute(
        "insert into unannounced select id from delivery order by id desc limit " + BATCH);

    QueryPlan plan =
        explain(
            OutcomePublisher.UNPUBLISHED,
            parameters -> parameters.set("limit", 500).set("bytes", Long.MAX_VALUE));

    assertReadsABatch(plan);
  }

  private static List<Delivery> take(String destination) throws SQLException {
    List<Delivery> taken = fixture.queue.take(destination, BATCH, LEASE);
    assertThat(taken).hasSize(BATCH);
    return taken;
  }

  private static List<CompletedAttempt> delivered(List<Delivery> taken) {
    return taken.stream()
        .map(one -> new CompletedAttempt(one, AttemptResult.delivered("1")))
        .toList();
  }

  private static void assertTakeReadsABatch(String destination) throws SQLException {
    assertReadsABatch(explainTake(destination));
  }

  private static QueryPlan explainTake(String destination) throws SQLException {
    QueryPlan plan =
        explain(
            DeliveryQueue.TAKE_DUE,
            parameters ->
                DeliveryQueue.bindTake(parameters, destination, BATCH, TakeLimit.NONE, LEASE),
            Transaction::readInIndexOrder);
    assertThat(plan.indexes().stream().filter("delivery_work_due"::equals))
        .as("once for new deliveries, once for returned ones; not for the first of a record")
        .hasSize(2);
    return plan;
  }

  private static void assertReadsByPrimaryKey(QueryPlan plan) {
    assertThat(plan.indexes()).as(plan.text()).containsOnly("delivery_work_pkey");
    assertReadsABatch(plan);
  }

  private static void assertReadsABatch(QueryPlan plan) {
    // a row costs its own pages and those of its indexes; the whole backlog has over a thousand
    assertThat(plan.buffers()).as(plan.text()).isLessThan(BATCH * 60);
  }

  private static QueryPlan explain(Sql sql, Sql.Binding binding) throws SQLException {
    return explain(sql, binding, connection -> {});
  }

  private static QueryPlan explain(Sql sql, Sql.Binding binding, Transaction.Step before)
      throws SQLException {
    return QueryPlan.of(fixture, sql, binding, before);
  }
}
