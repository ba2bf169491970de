package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A take costs the same however long the queue is. The bounds are wide, for slow machines. */
class DeliveryQueueSpeedTest {

  private static final Logger LOG = Logger.getLogger(DeliveryQueueSpeedTest.class);
  private static final int BATCH = 64;
  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void twentyThousandRecordsAreTakenInMillisecondsEach() throws SQLException {
    add(20_000, n -> "r" + n);
    Times times = drain(60);

    times.print("20,000 records");
    assertThat(times.median()).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void aRecordWithManyDeliveriesHidesNoOther() throws SQLException {
    add(1_000, n -> "hot");
    add(1_000, n -> "r" + n);
    Times times = drain(17);

    times.print("1,000 of one record before 1,000 others");
    assertThat(times.taken).isGreaterThan(1_000);
    assertThat(times.median()).isLessThan(Duration.ofMillis(100));
  }

  private interface Record {
    String of(int n);
  }

  private void add(int count, Record record) throws SQLException {
    List<RoutedEvent> batch = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      String subject = record.of(n);
      String id = subject + "-" + n;
      batch.add(fixture.routed(lead(id, subject, subject + "@example.com"), "solarproof"));
      if (batch.size() == 500) {
        fixture.queue.add(batch);
        batch.clear();
      }
    }
  }

  private Times drain(int rounds) throws SQLException {
    Times times = new Times();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      List<Delivery> taken = fixture.queue.take("solarproof", BATCH, LEASE);
      long took = System.nanoTime();
      fixture.queue.record(
          taken.stream().map(d -> new CompletedAttempt(d, AttemptResult.delivered("1"))).toList());
      times.add(taken.size(), took - start, System.nanoTime() - took);
    }
    return times;
  }

  private static final class Times {
    private final List<Long> takes = new ArrayList<>();
    private final List<Long> records = new ArrayList<>();
    private int taken;

    void add(int count, long take, long record) {
      taken += count;
      takes.add(take);
      records.add(record);
    }

    Duration median() {
      return median(takes);
    }

    void print(String of) {
      LOG.infof(
          "%s: %d taken; take %d ms (worst %d), record %d ms",
          of,
          taken,
          median().toMillis(),
          Duration.ofNanos(Collections.max(takes)).toMillis(),
          median(records).toMillis());
    }

    private static Duration median(List<Long> nanos) {
      return Duration.ofNanos(nanos.stream().sorted().toList().get(nanos.size() / 2));
    }
  }
}
