package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.delivery.queue.DestinationHistory.Step;

/**
 * The figures of 30 days of four destinations are read fast, and so is a long queue by record. The
 * bounds are wide, for slow machines.
 */
class DestinationHistorySpeedTest {

  private static final Logger LOG = Logger.getLogger(DestinationHistorySpeedTest.class);
  private static final Duration BOUND = Duration.ofMillis(300);

  @RegisterExtension private static final QueueFixture fixture = QueueFixture.neverEmptied();

  @BeforeAll
  static void addThirtyDays() throws SQLException {
    fixture.execute(
        """
        insert into destination_minute
        select date_trunc('minute', now()) - n * interval '1 min', destination, 100, 1, 0, 1, 200,
          2000, '{30,40,50,55,58,60,62,64,66,70,80,90}', '{1,2,4,8,16,30,16,8,4,2,1,8}', 100, 0, 3, 2
        from generate_series(1, 43200) n,
          unnest(array['crm', 'enerflo', 'flip', 'solarproof']) as destination
        """);
    fixture.execute("vacuum analyze destination_minute");
  }

  private interface Query {
    Object run() throws SQLException;
  }

  @Test
  void whatPagesReadIsFast() throws SQLException {
    DestinationHistory history = fixture.history();
    OffsetDateTime now = OffsetDateTime.now();

    assertFast("error budgets", history::budgets);
    assertFast("last hour, by minute", () -> history.minutes(now.minusHours(1), now));
    assertFast("last hour", () -> history.whole(now.minusHours(1), now));
    assertFast("a week", () -> history.of("flip", Step.HOUR, now.minusDays(7), now));
    assertThat(history.of("flip", Step.HOUR, now.minusDays(7), now)).hasSizeBetween(168, 169);
  }

  @Test
  void aLongQueueIsReadByRecordFast() throws SQLException {
    fixture.execute(
        """
        insert into delivery_work (source, event_id, destination, record, bytes)
        select 'crm', 'e' || n, 'flip', 'crm:r' || n % 30000, 0 from generate_series(1, 100000) n
        """);
    assertFast("queue by record", () -> fixture.queueDepth().records("flip", 10));
    assertThat(fixture.queueDepth().records("flip", 10)).hasSize(10);
  }

  private static void assertFast(String name, Query query) throws SQLException {
    query.run();
    long start = System.nanoTime();
    query.run();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    LOG.infof("%s: %d ms", name, took.toMillis());
    assertThat(took).as(name).isLessThan(BOUND);
  }
}
