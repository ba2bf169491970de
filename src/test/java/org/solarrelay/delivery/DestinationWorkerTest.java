package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.LogCapture;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.QueueFixture;

class DestinationWorkerTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private final ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService vendor = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch responses = new CountDownLatch(1);

  /** Latches for which the start of a call waits, by the event's id. */
  private final Map<String, CountDownLatch> starts = new ConcurrentHashMap<>();

  private DestinationWorker worker;
  private Thread thread;

  @BeforeEach
  void work() throws SQLException {
    DeliveryExecutor.Call call =
        new DeliveryExecutor.Call() {
          @Override
          public void start(Delivery delivery, Consumer<AttemptResult> end) {
            String event = delivery.event().id();
            called.add(event);
            if (starts.containsKey(event)) {
              awaitQuietly(starts.get(event));
            }
            vendor.execute(
                () -> {
                  awaitQuietly(responses);
                  end.accept(AttemptResult.delivered("1"));
                });
          }

          @Override
          public AttemptResult timedOut(Delivery delivery, Duration within) {
            return AttemptResult.retry(Duration.ZERO, "late");
          }
        };
    worker = QueueWorker.of(fixture, call, Map.of("relay.delivery.in-flight", "2"));
    thread = new Thread(worker);
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    responses.countDown();
    worker.stop();
    thread.join();
    vendor.shutdownNow();
  }

  @Test
  void resultsDuringADatabaseOutageAreRecordedAfterIt() throws Exception {
    fixture.addLeads(10);
    await().until(() -> called.size() == 2);
    fixture.execute("alter table delivery_work rename to away");
    responses.countDown();
    await().until(() -> called.size() == 8);
    fixture.execute("alter table away rename to delivery_work");

    await().untilAsserted(() -> assertThat(states()).containsOnly("delivered").hasSize(10));
    assertThat(called).hasSize(10).doesNotHaveDuplicates();
    assertThat(fixture.column("select distinct attempts from delivery")).containsExactly("1");
  }

  @Test
  void afterAnOutageLongerThanTheLeaseResultsAreRecordedBeforeDeliveriesAreTaken()
      throws Exception {
    fixture.addLeads(10);
    await().until(() -> called.size() == 2);
    try (LogCapture log = LogCapture.open()) {
      fixture.execute("alter table delivery_work rename to away");
      responses.countDown();
      await().until(() -> called.size() == 8);
      await().until(() -> log.lines().toString().contains("wait for the database"));
    }
    fixture.execute(
        "update away set leased_until = now() - interval '1 min' where leased_until > now()");
    vendor.scheduleAtFixedRate(worker::wake, 0, 1, TimeUnit.MILLISECONDS);
    fixture.execute("alter table away rename to delivery_work");

    await().untilAsserted(() -> assertThat(states()).containsOnly("delivered").hasSize(10));
    assertThat(called).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void callsOfAddedDeliveriesDoNotWaitUntilResultsAreRecorded() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    starts.put("1", started);
    fixture.addLeads(2);
    worker.wake();
    await().until(() -> called.contains("1"));
    try (Connection other = fixture.connection()) {
      other.setAutoCommit(false);
      lockDelivery(other, "0");
      responses.countDown();
      vendor.submit(() -> {}).get();
      fixture.addLeads(2, 1, "enerflo");
      worker.wake();
      started.countDown();

      await().until(() -> called.contains("2"));
      other.rollback();
    }
    await().untilAsserted(() -> assertThat(states()).containsOnly("delivered").hasSize(3));
  }

  @Test
  void stoppingEndsRunningCallsAndReleasesQueuedDeliveries() throws Exception {
    fixture.addLeads(4);
    await().until(() -> called.size() == 2);
    worker.stop();
    String given = "select state || attempts from delivery order by id";
    await()
        .untilAsserted(
            () ->
                assertThat(fixture.column(given))
                    .containsExactly("running1", "running1", "pending0", "pending0"));
    responses.countDown();
    thread.join();

    assertThat(fixture.column(given))
        .containsExactly("delivered1", "delivered1", "pending0", "pending0");
  }

  @Test
  void anErrorOfTheProgramDoesNotEndTheWorker() throws Exception {
    responses.countDown();
    fixture.add(lead("unreadable", "X", "x@example.com"), "enerflo");
    fixture.execute("update event set headers = 'no JSON'");
    await().until(() -> fixture.column("select 1 from delivery where attempts > 0").size() == 1);
    fixture.addLeads(1);
    worker.wake();

    await().until(() -> called.contains("0"));
  }

  /** The result of a locked delivery cannot be recorded. */
  private static void lockDelivery(Connection connection, String event) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select 1 from delivery where event_id = ? for update")) {
      lock.setString(1, event);
      lock.execute();
    }
  }

  private static List<String> states() throws SQLException {
    return fixture.column("select state from delivery");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
