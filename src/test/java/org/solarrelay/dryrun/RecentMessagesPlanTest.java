package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.QueryPlan;
import org.solarrelay.delivery.queue.QueueFixture;

/**
 * The query of a destination's latest events reads a bounded number of rows, whatever the number of
 * deliveries and PostgreSQL's statistics. The statistics here are those of an empty table.
 */
class RecentMessagesPlanTest {

  private static final int DELIVERIES = 20_000;
  private static final int MAX_SEARCHED = 1_000;
  private static final int LIMIT = 20;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void manyDeliveriesOfOneDestination() throws SQLException {
    // else PostgreSQL may analyze events amid the transaction that adds them, and count none
    fixture.execute("alter table event set (autovacuum_enabled = false)");
    fixture.execute("alter table delivery_work set (autovacuum_enabled = false)");
    fixture.execute("analyze delivery_work, delivery_ledger");
    fixture.addLeads(DELIVERIES);
  }

  @Test
  void aDestinationWithFewDeliveriesReadsNoOthers() throws SQLException {
    add("dead", "id in ('3', '4')");

    assertThat(plan("slack").buffers()).isLessThan(DELIVERIES / 40);
    assertThat(events("slack")).containsExactly("4", "3");
  }

  @Test
  void aDestinationWithManyOfEachStateCostsNoMoreThanItsLimit() throws SQLException {
    add("skipped", "true");

    assertThat(plan("slack").buffers()).isLessThan(DELIVERIES / 20);
    assertThat(plan("enerflo").buffers()).isLessThan(DELIVERIES / 20);
    assertThat(events("slack")).hasSize(LIMIT);
  }

  @Test
  void deliveriesOfAllStatesAreFoundNewestFirst() throws SQLException {
    List<String> states = List.of("held", "skipped", "dead", "pending", "running");
    for (int n = 0; n < states.size(); n++) {
      add(states.get(n), "id = '%d'".formatted(n));
    }
    add("delivered", "id = '5'");
    fixture.addLeads(DELIVERIES, MAX_SEARCHED, "enerflo");
    add("delivered", "id = '6'");

    assertThat(events("slack")).containsExactly("6", "4", "3", "2", "1", "0");
  }

  /** Adds deliveries to slack of some of the events, in the order of their ids. */
  private static void add(String state, String which) throws SQLException {
    fixture.execute(
        """
        insert into delivery_work (source, event_id, destination, record, bytes, held, leased_until)
        select source, id, 'slack', id, 0, %s, case when %s then now() end
        from event where %s order by id
        """
            .formatted(state.equals("held"), state.equals("running"), which));
    if (List.of("delivered", "skipped", "dead").contains(state)) {
      fixture.finish(
          state,
          "destination = 'slack' and event_id in (select id from event where %s)".formatted(which));
      fixture.execute("vacuum delivery_work");
    }
  }

  private static QueryPlan plan(String destination) throws SQLException {
    return QueryPlan.of(
        fixture,
        RecentMessages.DELIVERIES,
        row -> RecentMessages.bindDeliveries(row, destination, LIMIT, MAX_SEARCHED),
        Transaction::readInIndexOrder);
  }

  private static List<String> events(String destination) throws SQLException {
    try (Connection connection = fixture.connection()) {
      return RecentMessages.DELIVERIES.list(
          connection,
          row -> RecentMessages.bindDeliveries(row, destination, LIMIT, MAX_SEARCHED),
          row -> row.getString("event_id"));
    }
  }
}
