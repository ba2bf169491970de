package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.database.Sql;
import org.solarrelay.delivery.queue.DestinationHistory.ErrorBudget;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Step;

class DestinationRollupTest {

  private static final int PAST = 50_000;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void aMinuteHasTheEndsAndLatenciesOfItsDeliveries() throws SQLException {
    for (int latency : List.of(100, 200, 300, 400, 7000)) {
      ledger("enerflo", "delivered", minutesAgo(3), latency, true);
    }
    ledger("enerflo", "delivered", minutesAgo(3), 60_000, false);
    ledger("enerflo", "dead", minutesAgo(3), null, false);
    ledger("flip", "skipped", minutesAgo(2), null, false);
    failed("enerflo", minutesAgo(3), 2);

    write();

    assertThat(row("enerflo", 3)).isEqualTo("6 delivered, 2 failed, 1 dead, 0 skipped, 300 60000");
    assertThat(row("flip", 2)).isEqualTo("0 delivered, 0 failed, 0 dead, 1 skipped, null null");
    assertThat(row("solarproof", 2)).startsWith("0 delivered, 0 failed");
    assertThat(fixture.history().budgets())
        .filteredOn(one -> one.destination().equals("enerflo"))
        .extracting(DestinationHistory.DestinationBudget::budget)
        .containsExactly(new ErrorBudget(5, 1));
  }

  @Test
  void anAttemptLeavesItsLatencyAndFailuresItsDestination() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.add(lead("two", "B", "b@example.com"), "enerflo");
    List<Delivery> taken = fixture.take("enerflo");
    CompletedAttempt delivered =
        new CompletedAttempt(taken.get(0), AttemptResult.delivered("1")).countedForObjective();
    CompletedAttempt dead =
        new CompletedAttempt(taken.get(1), AttemptResult.dead(422, "refused", "no"));
    fixture.queue.record(List.of(delivered, dead));

    assertThat(
            fixture.column(
                """
                select state || ' ' || for_objective || ' ' || (latency_ms > 0)
                from delivery_ledger where latency_ms is not null
                """))
        .containsExactly("delivered true true");
    assertThat(fixture.column("select destination from failed_attempt")).containsExactly("enerflo");
  }

  @Test
  void theQueueIsThatOfTheLastMinuteAndUnknownBefore() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.execute("update delivery_work set created_at = now() - interval '90 s'");
    fixture.execute(
        """
        insert into destination_minute
        select date_trunc('minute', now()) - interval '5 min', 'flip', 0, 0, 0, 0, null, null, '{}',
          '{}', 0, 0, 7, 0
        """);
    QueueDepthMetrics counted = fixture.queueDepthMetrics();
    counted.count();
    writeAll(fixture.rollup(counted));

    assertThat(
            fixture.column(
                """
                select coalesce(waiting::text, 'unknown') from destination_minute
                where destination = 'enerflo' order by minute desc limit 3
                """))
        .containsExactly("1", "unknown", "unknown");
    assertThat(Long.parseLong(oldest())).isBetween(90L, 150L);
  }

  private static String oldest() throws SQLException {
    return fixture
        .column(
            "select oldest_s from destination_minute where destination = 'enerflo'"
                + " and oldest_s is not null")
        .get(0);
  }

  @Test
  void missedMinutesAreFilledInButNotAWholePast() throws SQLException {
    ledger("enerflo", "delivered", "now() - interval '23 h'", 50, true);
    ledger("enerflo", "delivered", "now() - interval '25 h'", 50, true);
    write();

    assertThat(fixture.column("select sum(delivered) from destination_minute"))
        .containsExactly("1");
    assertThat(
            fixture.column("select count(*) from destination_minute where destination = 'enerflo'"))
        .containsExactly("1440");
  }

  @Test
  void onlyOnePodWritesAndAMinuteIsWrittenOnce() throws SQLException {
    ledger("enerflo", "delivered", minutesAgo(2), 50, true);
    try (Connection otherPod = fixture.connection()) {
      otherPod.setAutoCommit(false);
      Sql.of("select pg_advisory_xact_lock(hashtext('solar-relay roll-ups'))")
          .first(otherPod, row -> true);
      write();
      assertThat(fixture.column("select * from destination_minute")).isEmpty();
      otherPod.rollback();
      otherPod.setAutoCommit(true);
    }
    write();
    write();

    assertThat(fixture.column("select sum(delivered) from destination_minute"))
        .containsExactly("1");
  }

  @Test
  void aLateCommitIsAddedToTheNewestMinuteAndAReplayTakesNothingAway() throws SQLException {
    ledger("enerflo", "dead", minutesAgo(2), null, false);
    write();
    fixture.execute(
        "delete from destination_minute where minute >= date_trunc('minute', now()) - interval '1 min'");
    ledger("enerflo", "delivered", minutesAgo(2), 80, true);
    write();
    assertThat(row("enerflo", 2)).isEqualTo("1 delivered, 0 failed, 1 dead, 0 skipped, 80 80");

    fixture.execute("truncate delivery_ledger");
    fixture.execute(
        "delete from destination_minute where minute >= date_trunc('minute', now()) - interval '1 min'");
    write();
    assertThat(row("enerflo", 2)).isEqualTo("1 delivered, 0 failed, 1 dead, 0 skipped, 80 80");
  }

  @Test
  void percentilesOfAnHourAreThoseOfItsDeliveriesNotOfItsMinutes() throws SQLException {
    OffsetDateTime noon =
        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).minusHours(12);
    ledger("enerflo", "delivered", at(noon.minusMinutes(90)), 2000, true);
    // a minute of many fast deliveries, one of few slow ones
    for (int i = 0; i < 97; i++) {
      ledger("enerflo", "delivered", at(noon.minusMinutes(40)), 10, true);
    }
    for (int i = 0; i < 3; i++) {
      ledger("enerflo", "delivered", at(noon.minusMinutes(30)), 60_000, true);
    }
    rollUp(noon.minusHours(2), noon);

    List<Interval> hours = history(Step.HOUR, noon.minusMinutes(100), noon);

    assertThat(hours)
        .extracting(Interval::since)
        .containsExactly(noon.minusHours(2), noon.minusHours(1));
    assertThat(hours).extracting(hour -> hour.outcomes().delivered()).containsExactly(1L, 100L);
    assertThat(hours).extracting(Interval::minutes).containsExactly(60L, 60L);
    assertThat(hours.get(0).latency().p50Ms()).isCloseTo(2000, within(100L));
    assertThat(hours.get(1).latency().p50Ms()).isCloseTo(10, within(1L));
    assertThat(hours.get(1).latency().p95Ms()).isCloseTo(10, within(1L));
    assertThat(history(Step.DAY, noon.minusHours(1), noon))
        .extracting(day -> day.outcomes().delivered())
        .containsExactly(101L);
    assertThat(history(Step.MINUTE, noon.minusMinutes(30), noon.minusMinutes(29)))
        .extracting(minute -> minute.latency().p50Ms())
        .containsExactly(60_000L);
    assertThat(fixture.history().whole(noon.minusHours(1), noon).get("enerflo").objective())
        .isEqualTo(new ErrorBudget(100, 3));
  }

  private static List<Interval> history(Step step, OffsetDateTime since, OffsetDateTime until)
      throws SQLException {
    return fixture.history().of("enerflo", step, since, until);
  }

  private static String at(OffsetDateTime time) {
    return "'%s'::timestamptz".formatted(time);
  }

  @Test
  void theBudgetIsWhatIsLeftOfOneInAThousand() {
    assertThat(new ErrorBudget(10_000, 3).left().orElseThrow()).isCloseTo(0.7, within(1e-9));
    assertThat(new ErrorBudget(1000, 2).left().orElseThrow()).isCloseTo(-1, within(1e-9));
    assertThat(ErrorBudget.NONE.left()).isEmpty();
  }

  @Test
  void theStatementReadsTheMinuteAndNotTheLedger() throws SQLException {
    fixture.execute(
        """
        insert into delivery_ledger (id, source, event_id, destination, record, state, late,
          created_at, attempts, finished_at, reason)
        select nextval('delivery_number'), 'crm', 'e' || n, 'enerflo', 'crm:' || n, 'delivered', false,
          now(), 1, now() - interval '2 h' - (%1$d - n) * interval '1 ms', repeat('x', 100)
        from generate_series(1, %1$d) n;
        insert into failed_attempt (delivery_id, attempt, at, reason, destination)
        select n, 1, now() - interval '2 h' - (%1$d - n) * interval '1 ms', 'why', 'enerflo'
        from generate_series(1, %1$d) n;
        """
            .formatted(PAST));
    fixture.execute("vacuum analyze delivery_ledger");
    fixture.execute("vacuum analyze failed_attempt");
    for (int i = 0; i < 50; i++) {
      ledger("enerflo", "delivered", minutesAgo(2), 50, true);
    }
    OffsetDateTime until = OffsetDateTime.now();

    QueryPlan plan =
        QueryPlan.of(
            fixture,
            DestinationRollup.WRITE,
            parameters ->
                DestinationRollup.bind(
                    parameters, until.minusMinutes(5), until, Set.of("enerflo"), Optional.empty()),
            connection -> {});

    assertThat(plan.text()).contains("failed_attempt_time", "finished_at_idx");
    int all = pages("failed_attempt") + 1000;
    assertThat(plan.buffers()).as(plan.text()).isLessThan(all / 4);
  }

  private static int pages(String table) throws SQLException {
    return Integer.parseInt(
        fixture.column("select pg_relation_size('%s') / 8192".formatted(table)).get(0));
  }

  private static void write() throws SQLException {
    writeAll(fixture.rollup(fixture.queueDepthMetrics()));
  }

  private static void writeAll(DestinationRollup rollup) throws SQLException {
    boolean more;
    do {
      more = rollup.write();
    } while (more);
  }

  private static void rollUp(OffsetDateTime since, OffsetDateTime until) throws SQLException {
    try (Connection connection = fixture.connection()) {
      DestinationRollup.WRITE.update(
          connection,
          parameters ->
              DestinationRollup.bind(
                  parameters, since, until, Set.of("enerflo"), Optional.empty()));
    }
  }

  private static String minutesAgo(int minutes) {
    return "date_trunc('minute', now()) - interval '%d min' + interval '30 s'".formatted(minutes);
  }

  private static void ledger(
      String destination, String state, String finishedAt, Integer latency, boolean counts)
      throws SQLException {
    fixture.execute(
        """
        insert into delivery_ledger (id, source, event_id, destination, record, state, late,
          created_at, attempts, finished_at, latency_ms, for_objective)
        select nextval('delivery_number'), 'crm', 'e', '%s', 'crm:r', '%s', false, now(), 1, %s, %s, %s
        """
            .formatted(destination, state, finishedAt, latency, counts));
  }

  private static void failed(String destination, String at, int count) throws SQLException {
    fixture.execute(
        """
        insert into failed_attempt (delivery_id, attempt, at, reason, destination)
        select 1, n, %s, 'why', '%s' from generate_series(1, %d) n
        """
            .formatted(at, destination, count));
  }

  private static String row(String destination, int minutesAgo) throws SQLException {
    return fixture
        .column(
            """
            select format('%%s delivered, %%s failed, %%s dead, %%s skipped, %%s %%s', delivered, failed,
              dead, skipped, coalesce(p50_ms::text, 'null'), coalesce(p95_ms::text, 'null'))
            from destination_minute where destination = '%s'
              and minute = date_trunc('minute', now()) - interval '%d min'
            """
                .formatted(destination, minutesAgo))
        .get(0);
  }
}
