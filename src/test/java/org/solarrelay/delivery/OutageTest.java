package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.QueueFixture;

/** A destination that is down as a whole, with deliveries waiting for it. */
class OutageTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private final AtomicBoolean down = new AtomicBoolean(true);
  private final AtomicInteger calls = new AtomicInteger();
  private DestinationWorker worker;
  private Thread thread;

  @BeforeEach
  void work() throws SQLException {
    DeliveryExecutor.Call call =
        new DeliveryExecutor.Call() {
          @Override
          public void start(Delivery delivery, Consumer<AttemptResult> end) {
            calls.incrementAndGet();
            end.accept(
                down.get()
                    ? AttemptResult.dead(503, "enerflo returned 503, after trying for PT24H")
                        .withHealth(DestinationHealth.DOWN)
                    : AttemptResult.delivered("1").withHealth(DestinationHealth.UP));
          }

          @Override
          public AttemptResult timedOut(Delivery delivery, Duration within) {
            throw new AssertionError("no call stays open here");
          }
        };
    worker =
        QueueWorker.of(
            fixture,
            call,
            Map.of("relay.delivery.in-flight", "8", "relay.delivery.circuit-failures", "1"));
    thread = new Thread(worker);
  }

  @AfterEach
  void stop() throws Exception {
    worker.stop();
    thread.join();
  }

  @Test
  void noDeliveryDiesOfAnOutageHoweverLongAndAllAreDeliveredAfterIt() throws Exception {
    fixture.addLeads(200);
    // all of them have been tried for longer than any budget
    fixture.execute("update delivery_work set budget_from = now() - interval '3 days'");
    thread.start();

    await().until(() -> calls.get() >= 10);
    List<String> states = fixture.column("select distinct state from delivery");
    assertThat(states).doesNotContain("delivered", "skipped");
    assertThat(fixture.column("select 1 from delivery where state = 'dead'"))
        .as("at most the first, before it was known that the others fare no better")
        .hasSizeLessThanOrEqualTo(1);

    down.set(false);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                fixture
                    .column("select 1 from delivery where state in ('pending', 'running')")
                    .isEmpty());
    assertThat(fixture.column("select 1 from delivery where state = 'delivered'"))
        .hasSizeGreaterThanOrEqualTo(199);
  }

  @Test
  void aCallThatOutlastsTheLeaseIsNotTakenOverWhileItsPodLives() throws SQLException {
    fixture.addLeads(1);
    List<Delivery> taken = fixture.take("enerflo", 1, Duration.ZERO);
    fixture.queue.extend(taken, Duration.ofMinutes(1));

    assertThat(fixture.take("enerflo", 1, Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void afterAnOutageTheRetryBudgetsOfWhatWaitsBeginAnew() throws SQLException {
    fixture.addLeads(2);
    fixture.execute("update delivery_work set budget_from = now() - interval '20 hours'");

    fixture.queue.renewBudgets("enerflo");

    assertThat(fixture.take("enerflo"))
        .hasSize(2)
        .allSatisfy(d -> assertThat(d.age()).isLessThan(Duration.ofMinutes(1)));
  }
}
