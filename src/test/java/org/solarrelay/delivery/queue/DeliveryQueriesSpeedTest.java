package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries are fast however long the ledger is. The bounds are wide, for slow machines. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveryQueriesSpeedTest {

  private static final Logger LOG = Logger.getLogger(DeliveryQueriesSpeedTest.class);

  /** Another test of the suite may take both cores during one run. */
  private static final int RUNS = 3;

  private static final Duration BOUND = Duration.ofMillis(200);

  /** A filter by {@code until} alone takes 130 ms, and 500 ms while the suite uses both cores. */
  private static final Duration BOUND_OF_UNTIL_ALONE = Duration.ofSeconds(1);

  private static final Duration BOUND_OF_A_YOUNG_DATABASE = Duration.ofSeconds(2);
  // state, destination, subject, type, reason, status, from and to how long ago, how many are found
  private static final String FILTERS =
      """
      ,,,,,,,,50
      DELIVERED,,,,,,,,50
      DEAD,,,,,,,,50
      DEAD,enerflo,,,,,,,50
      DEAD,crm,,,,,,,0
      SKIPPED,,,,,,,,0
      HELD,,,,,,,,0
      PENDING,,,,,,,,0
      RUNNING,enerflo,,,,,,,0
      ,enerflo,,,,,,,50
      DELIVERED,solarproof,,,,,,,50
      ,,s77,,,,,,10
      ,enerflo,s77,,,,,,5
      DEAD,enerflo,s1007,,,,,,5
      ,,none,,,,,,0
      ,,,,,,PT10S,,22
      ,,,,,,PT20H,,50
      DEAD,,,,,,PT1H,,6
      DELIVERED,enerflo,,,,,PT10S,,11
      DELIVERED,enerflo,s19990,,,,PT1M,,1
      DEAD,,,,STATE IS NOT,,,,50
      DEAD,,,,9 is not valid,,,,0
      DEAD,enerflo,,,state is not,,,,50
      DEAD,,,lead.submitted,,422,,,50
      DEAD,,,lead.changed,,,,,0
      DEAD,,,,,500,,,0
      DEAD,enerflo,,,state is not,422,PT20H,PT19H,4
      DEAD,enerflo,,,,,,PT20H,28
      ,,,,state is not,,,,50
      ,,,,nothing of the kind,,,,0
      ,,,,,422,,,50
      ,,,,,500,,,0
      ,,,lead.submitted,,,,,50
      ,,,lead.changed,,,,,0
      ,,,,,,PT20H,PT19H,50
      ,,,,,,PT10S,PT5S,10
      ,,,,,,,PT20H,50
      DELIVERED,,,,,,PT27H,PT26H,50
      """;

  @RegisterExtension private static final QueueFixture fixture = QueueFixture.neverEmptied();
  private static OffsetDateTime newest;
  private static boolean analyzed;

  @BeforeAll
  static void addTwoHundredThousandFinishedDeliveries() throws Exception {
    fixture.execute("select create_delivery_ledger_weeks(now() - interval '62 d', 2)");
    fixture.execute(
        """
        insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
          timestamp_ms, headers, value, recorded_at, facets)
        select 'crm', 'e' || n, 'lead.submitted', 's' || n % 20000, at, 'solar.leads', 0, n, 0, '[]',
          '{"email":"a@example.com","note":"as long as a lead is, more or less"}', at, '{lead}'
        from generate_series(1, 100000) as n,
          lateral (select now() - interval '60 d' - (100000 - n) * interval '1 s' as at) as t
        """);
    fixture.execute(
        """
        insert into delivery_ledger (id, late, source, event_id, destination, record, state,
          attempts, status, reason, created_at, finished_at)
        select nextval('delivery_number'), false, 'crm', 'e' || n, destination, 'crm:s' || n % 20000,
          case when n % 1000 = 7 then 'dead' else 'delivered' end, 1,
          case when n % 1000 = 7 then 422 else 200 end,
          case when n % 1000 = 7 then 'it returned 422: state is not valid' end, at, at
        from generate_series(1, 100000) as n,
          lateral (select now() - interval '60 d' - (100000 - n) * interval '1 s' as at) as t,
          unnest(array['enerflo', 'solarproof']) as destination
        """);
    fixture.execute("alter table event set (autovacuum_enabled = false)");
    fixture.execute("alter table delivery_work set (autovacuum_enabled = false)");
    for (String week :
        fixture.column(
            "select inhrelid::regclass from pg_inherits where inhparent = 'delivery_ledger'::regclass")) {
      fixture.execute("alter table %s set (autovacuum_enabled = false)".formatted(week));
    }
    newest = fixture.queries.find(DeliveryFilter.all(), 1).get(0).createdAt();
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILTERS)
  @Order(1)
  void everyFilterIsFastWithoutStatistics(
      DeliveryState state,
      String destination,
      String subject,
      String type,
      String reason,
      Integer status,
      Duration since,
      Duration until,
      int found)
      throws SQLException {
    DeliveryFilter filter = filter(state, destination, subject, type, reason, status);
    assertFast(BOUND_OF_A_YOUNG_DATABASE, between(filter, since, until), found);
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILTERS)
  @Order(2)
  void everyFilterIsFastWithStatistics(
      DeliveryState state,
      String destination,
      String subject,
      String type,
      String reason,
      Integer status,
      Duration since,
      Duration until,
      int found)
      throws SQLException {
    if (!analyzed) {
      fixture.execute("analyze event, delivery_work, delivery_ledger");
      analyzed = true;
    }
    DeliveryFilter filter = filter(state, destination, subject, type, reason, status);
    boolean untilAlone = until != null && since == null && state == null;
    assertFast(untilAlone ? BOUND_OF_UNTIL_ALONE : BOUND, between(filter, since, until), found);
  }

  @Test
  @Order(3)
  void unfinishedDeliveriesAreCountedFast() throws SQLException {
    fixture.execute(
        """
        insert into delivery_work (id, source, event_id, destination, record, bytes, created_at,
          leased_until)
        select id, source, event_id, destination, record, 0, created_at,
          case when id % 100 = 0 then now() end
        from delivery_ledger where id > 180000 and state = 'delivered'
        """);
    long start = System.nanoTime();
    Map<String, QueueDepth.Backlog> counted = fixture.queueDepth().all();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    fixture.execute("truncate delivery_work");

    LOG.infof("a tenth of 200,000 is unfinished: %d ms", took.toMillis());
    assertThat(counted).containsOnlyKeys("solarproof");
    assertThat(counted.get("solarproof").waiting()).isEqualTo(19_780);
    assertThat(counted.get("solarproof").running()).isEqualTo(200);
    assertThat(counted.get("solarproof").oldest()).isBefore(newest.minusHours(2));
    assertThat(took).isLessThan(BOUND);
  }

  @Test
  @Order(3)
  void deadLettersAndSubscriptionsAreCountedFast() throws SQLException {
    fixture.execute(
        """
        insert into delivery_ledger (id, late, source, event_id, destination, record, state,
          attempts, status, reason, created_at)
        select nextval('delivery_number'), false, source, event_id, 'crm', record, 'dead', 1, 422,
          'it returned ' || 400 + id % 40 || ': ' || id || ' of ' || event_id || '@example.com is wrong',
          now()
        from delivery_ledger where id > 170000
        """);
    try {
      assertThat(milliseconds(fixture.deadLetterGroups::all))
          .isLessThan(BOUND_OF_A_YOUNG_DATABASE.toMillis());
      assertThat(shortestOfRuns(fixture.subscriptionCounts::all)).isLessThan(BOUND.toMillis() * 2);
      assertThat(fixture.deadLetterGroups.all())
          .hasSize(40)
          .allMatch(group -> group.count() == 125)
          .extracting(DeadLetterGroups.Group::reason)
          .contains("it returned 422: … of … is wrong");
      DeliveryFilter group = fixture.deadLetterGroups.all().get(0).deliveries();
      assertThat(milliseconds(() -> fixture.replays.count(group)))
          .isLessThan(BOUND_OF_A_YOUNG_DATABASE.toMillis());
      assertThat(fixture.subscriptionCounts.all())
          .extracting(count -> count.destination() + " " + count.dead())
          .containsExactly("crm 20000");
    } finally {
      fixture.execute("delete from delivery_ledger where destination = 'crm'");
    }
  }

  @Test
  @Order(3)
  void theTailIsReadFastNowAndAsItWas() throws SQLException {
    for (OffsetDateTime until : List.of(OffsetDateTime.now(), newest.minusHours(1))) {
      LedgerTail.Tail tail = fixture.ledgerTail.read(until);
      assertThat(tail.events()).hasSize(LedgerTail.MOST);
      assertThat(tail.ends()).hasSize(LedgerTail.MOST);
      assertThat(shortestOfRuns(() -> fixture.ledgerTail.read(until))).isLessThan(BOUND.toMillis());
    }
  }

  @Test
  @Order(3)
  void aStoryOfTenThousandAttemptsIsReadFast() throws SQLException {
    long delivery = fixture.entry("e7", "enerflo").id();
    fixture.execute(
        """
        insert into failed_attempt (delivery_id, attempt, status, reason, answer)
        select %d, n, 503, 'it returned 503', repeat('busy ', 100) from generate_series(1, 10000) n
        """
            .formatted(delivery));
    assertThat(shortestOfRuns(() -> fixture.queries.history("e7", 50)))
        .isLessThan(BOUND.toMillis());
    assertThat(fixture.queries.history("e7", 50).deliveries())
        .filteredOn(one -> one.id() == delivery)
        .flatExtracting(DeliveryQueries.DeliveryEntry::failures)
        .extracting(failure -> ((DeliveryQueries.Failure) failure).attempt())
        .hasSize(50)
        .startsWith(9951);
    fixture.execute("truncate failed_attempt");
  }

  private interface Query {
    Object run() throws SQLException;
  }

  private static long shortestOfRuns(Query query) throws SQLException {
    long shortest = milliseconds(query);
    for (int run = 1; run < RUNS; run++) {
      shortest = Math.min(shortest, milliseconds(query));
    }
    return shortest;
  }

  private static long milliseconds(Query query) throws SQLException {
    long start = System.nanoTime();
    query.run();
    long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
    LOG.infof("%d ms", took);
    return took;
  }

  @Test
  @Order(4)
  void deadDeliveriesAreReplayedFast() throws SQLException {
    var dead = DeliveryFilter.all().state(DeliveryState.DEAD);
    long start = System.nanoTime();
    DeliveryReplay.Result result = fixture.replays.replay(dead, 10_000, "ada");
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    LOG.infof("%d of %d replayed: %d ms", result.replayed(), result.matched(), took.toMillis());
    assertThat(result.replayed() + result.superseded().size()).isEqualTo(200);
    assertThat(took).isLessThan(BOUND_OF_A_YOUNG_DATABASE);
  }

  @Test
  @Order(5)
  void oldEventsAreDeletedInBatchesOfAThousand() throws SQLException {
    Retention retention = fixture.retention("P1D");
    long start = System.nanoTime();
    int deleted = retention.deleteBatch();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    LOG.infof("%d deleted: %d ms", deleted, took.toMillis());
    assertThat(deleted).isEqualTo(1000);
    assertThat(took).isLessThan(BOUND_OF_A_YOUNG_DATABASE);
  }

  private static DeliveryFilter filter(
      DeliveryState state,
      String destination,
      String subject,
      String type,
      String reason,
      Integer status) {
    return DeliveryFilter.all()
        .state(state)
        .destination(destination)
        .subject(subject)
        .type(type)
        .reason(reason)
        .status(status);
  }

  private static DeliveryFilter between(DeliveryFilter filter, Duration since, Duration until) {
    return filter
        .since(since == null ? null : newest.minus(since))
        .until(until == null ? null : newest.minus(until));
  }

  private static void assertFast(Duration bound, DeliveryFilter filter, int found)
      throws SQLException {
    fixture.queries.find(filter, 50);
    Duration shortest = bound;
    for (int run = 0; run < RUNS && shortest.compareTo(bound) >= 0; run++) {
      long start = System.nanoTime();
      List<DeliveryQueries.DeliveryEntry> entries = fixture.queries.find(filter, 50);
      shortest = Duration.ofNanos(System.nanoTime() - start);
      LOG.infof("%s: %d ms", filter, shortest.toMillis());
      assertThat(entries).hasSize(found);
    }
    assertThat(shortest).isLessThan(bound);
  }
}
