package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  private static final String AGE =
      """
      update event set recorded_at = recorded_at - interval '31 d';
      update set_aside set recorded_at = recorded_at - interval '31 d';
      update delivery_ledger set finished_at = finished_at - interval '31 d';
      delete from unannounced
      """;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void addAFinishedEvent() throws SQLException {
    dropWeeks();
    fixture.execute("select create_delivery_ledger_weeks(now(), 3)");
    addFinished();
  }

  private static void dropWeeks() throws SQLException {
    for (String week : weeks()) {
      fixture.execute("drop table delivery_ledger_" + week);
    }
  }

  private static void addFinished() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo", "solarproof");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.dead(422, "refused", "no"));
  }

  @Test
  void anEventIsDeletedWithItsHistoryAfterTheRetention() throws SQLException {
    fixture.execute("insert into replay (delivery_id, by) select id, 'ada' from delivery");
    assertThat(fixture.retention("P30D").deleteBatch()).isZero();
    fixture.execute(AGE);

    assertThat(fixture.retention("P30D").deleteBatch()).isEqualTo(1);

    for (String table : List.of("event", "delivery", "failed_attempt", "replay")) {
      assertThat(rows(table)).as(table).isEmpty();
    }
  }

  @Test
  void requestsAreDeletedWithTheWeekOfTheirAttempt() throws SQLException {
    fixture.execute("select create_delivery_ledger_weeks(now() - interval '40 d', 1)");
    fixture.execute(
        """
        insert into attempt_request (delivery_id, attempt, duration_ms, at)
        values (1, 1, 5, now() - interval '40 d'), (2, 1, 5, now() - interval '400 d'),
          (3, 1, 5, now() - interval '3 d')
        """);

    assertThat(fixture.retention("P45D").deleteBatch()).isZero();
    assertThat(fixture.column("select delivery_id from attempt_request order by 1"))
        .containsExactly("1", "3");
    assertThat(fixture.retention("P30D").deleteBatch()).isZero();

    assertThat(fixture.column("select delivery_id from attempt_request")).containsExactly("3");
    assertThat(
            fixture.column(
                """
                select to_regclass('attempt_request_'
                  || to_char(date_trunc('week', now() - interval '40 d'), 'YYYYMMDD'))
                """))
        .containsExactly((String) null);
  }

  @Test
  void identitiesOfRecordsAreKept() throws SQLException {
    List<String> before = rows("record_id");
    fixture.execute(AGE);
    fixture.retention("P30D").deleteBatch();

    assertThat(rows("record_id")).isEqualTo(before).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leased_until = null", "leased_until = now()", "held = true"})
  void anEventWithAnUnfinishedDeliveryIsKept(String state) throws SQLException {
    fixture.add(lead("two", "B", "b@example.com"), "enerflo");
    fixture.execute("update delivery_work set " + state);
    fixture.execute(AGE);

    assertThat(fixture.retention("P30D").deleteBatch()).isEqualTo(1);
    assertThat(fixture.column("select id from event")).containsExactly("two");
    assertThat(rows("delivery")).hasSize(1);
  }

  @Test
  void anEventWithADeliveryThatEndedLaterIsKept() throws SQLException {
    fixture.execute(AGE);
    fixture.execute("update delivery_ledger set finished_at = now() where destination = 'enerflo'");

    assertThat(fixture.retention("P30D").deleteBatch()).isZero();
    assertThat(fixture.column("select destination from delivery")).containsExactly("enerflo");
    assertThat(rows("event")).hasSize(1);
  }

  @Test
  void anEventWithAnUnpublishedOutcomeIsKept() throws SQLException {
    fixture.execute(AGE);
    fixture.execute("insert into unannounced select max(id) from delivery");

    assertThat(fixture.retention("P30D").deleteBatch()).isZero();
    assertThat(rows("event")).hasSize(1);
    assertThat(fixture.column("select destination from delivery")).containsExactly("solarproof");
  }

  @Test
  void aWeekIsDroppedOnceAllOfItIsOld() throws SQLException {
    fixture.execute("select create_delivery_ledger_weeks(now() - interval '40 d', 3)");
    fixture.execute(AGE.replace("31 d", "39 d"));
    List<String> weeks = weeks();

    assertThat(fixture.retention("P45D").deleteBatch()).isZero();
    assertThat(weeks()).isEqualTo(weeks);
    assertThat(fixture.retention("P30D").deleteBatch()).isEqualTo(1);

    assertThat(weeks()).isEqualTo(weeks.subList(1, weeks.size()));
    for (String table : List.of("event", "delivery", "failed_attempt")) {
      assertThat(rows(table)).as(table).isEmpty();
    }
  }

  @Test
  void aWeekWithAnUnpublishedOutcomeIsKept() throws SQLException {
    fixture.execute("select create_delivery_ledger_weeks(now() - interval '40 d', 3)");
    fixture.execute(AGE.replace("31 d", "39 d"));
    fixture.execute("insert into unannounced select max(id) from delivery");
    List<String> weeks = weeks();

    assertThat(fixture.retention("P30D").deleteBatch()).isZero();
    assertThat(weeks()).isEqualTo(weeks);
  }

  @Test
  void anEventThatIsReadAgainAtThisMomentIsKept() throws Exception {
    fixture.clear();
    fixture.add(lead("one", "A", "a@example.com"));
    fixture.execute(AGE);
    try (Connection fanOut = fixture.connection();
        Statement statement = fanOut.createStatement()) {
      fanOut.setAutoCommit(false);
      statement.execute("select 1 from event for no key update");
      statement.execute(
          """
          insert into delivery_work (source, event_id, destination, record, bytes)
          values ('crm', 'one', 'enerflo', 'crm:A', 1)
          """);
      CompletableFuture<Integer> deleted =
          CompletableFuture.supplyAsync(RetentionTest::deleteBatch);
      await().until(() -> deleted.isDone() || waitsForALock());
      fanOut.commit();

      assertThat(deleted.get(10, TimeUnit.SECONDS)).isZero();
    }
    assertThat(fixture.column("select id from event")).containsExactly("one");
  }

  private static int deleteBatch() {
    try {
      return fixture.retention("P30D").deleteBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean waitsForALock() throws SQLException {
    return !fixture.column("select pid from pg_locks where not granted").isEmpty();
  }

  @Test
  void theNextWeeksHaveTheirPartitions() throws Exception {
    fixture.execute("drop table delivery_ledger_" + weeks().get(1));
    Retention retention = fixture.retention("PT0S");
    retention.stop();
    retention.run();

    assertThat(weeks()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(fixture.column("select tableoid::regclass from delivery_ledger"))
        .containsOnly("delivery_ledger_" + weeks().get(0));
  }

  @Test
  void figuresOfMinutesAreDeletedAfterThirtyDays() throws SQLException {
    fixture.execute(
        """
        insert into destination_minute
        select now() - age, 'flip', 0, 0, 0, 0, null, null, '{}', '{}', 0, 0, null, null
        from unnest(array[interval '29 d', interval '31 d']) as age
        """);
    Retention retention = fixture.retention("PT0S");
    retention.stop();
    retention.run();

    assertThat(fixture.column("select minute > now() - interval '30 d' from destination_minute"))
        .containsExactly("t");
  }

  /** The Mondays of the weeks that have a partition. */
  private static List<String> weeks() throws SQLException {
    return fixture.column(
        """
        select right(inhrelid::regclass::text, 8) from pg_inherits
        where inhparent = 'delivery_ledger'::regclass
          and inhrelid <> 'delivery_ledger_default'::regclass
        order by 1
        """);
  }

  @Test
  void anEventWithoutDestinationsIsDeleted() throws SQLException {
    fixture.clear();
    fixture.add(lead("one", "A", "a@example.com"));
    fixture.execute(AGE);

    assertThat(fixture.retention("P30D").deleteBatch()).isEqualTo(1);
  }

  @Test
  void discardedMessagesAreDeleted() throws SQLException {
    fixture.queue.addDiscarded(
        List.of(
            new DiscardedMessage(
                "r",
                "translate",
                "enerflo",
                MessageState.DEAD,
                "why",
                Instant.now(),
                Optional.empty()),
            new DiscardedMessage(
                "s",
                "translate",
                "flip",
                MessageState.SKIPPED,
                "unused",
                Instant.now(),
                Optional.empty())));
    fixture.execute("insert into resent (set_aside_id, by) values ('r', 'ada')");
    assertThat(fixture.retention("P30D").deleteBatch()).isZero();
    fixture.execute(AGE);
    fixture.retention("P30D").deleteBatch();

    assertThat(rows("set_aside")).isEmpty();
  }

  @Test
  void activitiesAndRejectedWebhooksAreDeletedAtTheSameAge() throws SQLException {
    fixture.execute(
        """
        delete from activity; delete from rejected_webhook;
        insert into activity (at, who, action, kind)
          select now() - age, 'ada', 'sign-in', 'console'
          from unnest(array['29 d', '31 d']::interval[]) as age;
        insert into rejected_webhook (at, source, reason)
          select now() - age, 'flip', 'not-json'
          from unnest(array['29 d', '31 d']::interval[]) as age
        """);

    fixture.retention("P30D").deleteBatch();

    for (String table : List.of("activity", "rejected_webhook")) {
      assertThat(fixture.column("select at > now() - interval '30 d' from " + table))
          .as(table)
          .containsExactly("t");
    }
  }

  @Test
  void atLeastADayIsKeptToRecogniseDuplicates() throws SQLException {
    fixture.clear();
    dropWeeks();
    addFinished();
    fixture.execute(AGE.replace("31 d", "23 h"));
    assertThat(fixture.retention("PT1S").deleteBatch()).isZero();
    fixture.execute(AGE.replace("31 d", "2 h"));
    assertThat(fixture.retention("PT1S").deleteBatch()).isEqualTo(1);
  }

  @Test
  void zeroKeepsEverything() throws SQLException {
    fixture.execute(AGE);
    Retention retention = fixture.retention("PT0S");
    retention.stop();
    retention.run();

    assertThat(rows("event")).hasSize(1);
  }

  @Test
  void aLongPastIsDeletedInBatches() throws SQLException {
    List<RoutedEvent> many = new ArrayList<>();
    for (int n = 0; n < 1500; n++) {
      many.add(fixture.routed(lead("n" + n, "r" + n, n + "@example.com"), "flip"));
    }
    fixture.queue.add(many);
    fixture.execute(AGE);
    Retention retention = fixture.retention("P30D");

    assertThat(retention.deleteBatch()).isEqualTo(1000);
    assertThat(retention.deleteBatch()).isEqualTo(501);
    assertThat(retention.deleteBatch()).isZero();
  }

  private static List<String> rows(String table) throws SQLException {
    return fixture.column("select t::text from %s t".formatted(table));
  }
}
