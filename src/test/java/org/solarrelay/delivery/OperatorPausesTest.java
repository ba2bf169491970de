package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.LogCapture;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.OperatorPauses;
import org.solarrelay.delivery.queue.PauseReason;
import org.solarrelay.delivery.queue.QueueFixture;

/** An operator's pause of a destination, on the pod that received the request and on others. */
class OperatorPausesTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String STATES =
      "select state || attempts from delivery where destination = 'enerflo' order by id";

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private final Queue<Consumer<AttemptResult>> calls = new ConcurrentLinkedQueue<>();
  private OperatorPauses anotherPod;
  private DestinationWorker worker;
  private Thread thread;

  @BeforeEach
  void work() throws SQLException {
    anotherPod = fixture.pausesOfAnotherPod();
    DeliveryExecutor.Call call =
        new DeliveryExecutor.Call() {
          @Override
          public void start(Delivery delivery, Consumer<AttemptResult> end) {
            calls.add(end);
          }

          @Override
          public AttemptResult timedOut(Delivery delivery, Duration within) {
            throw new AssertionError("no call stays open here");
          }
        };
    worker = QueueWorker.of(fixture, call, Map.of("relay.delivery.in-flight", "2"));
    thread = new Thread(worker);
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.pauses.resume("enerflo", "ada");
    worker.stop();
    while (thread.isAlive()) {
      endCalls(AttemptResult.delivered("1"));
      thread.join(50);
    }
  }

  @Test
  void aPauseEndsRunningCallsAndReleasesQueuedDeliveries() throws Exception {
    fixture.addLeads(4);
    await().until(() -> calls.size() == 2);
    awaitStates("running1", "running1", "running1", "running1");
    anotherPod.pause("enerflo", "maintenance", "ada");

    await()
        .atMost(SOON.plusSeconds(1))
        .untilAsserted(
            () ->
                assertThat(fixture.column(STATES))
                    .containsExactly("running1", "running1", "pending0", "pending0"));
    endCalls(AttemptResult.delivered("1"));
    awaitStates("delivered1", "delivered1", "pending0", "pending0");
    assertThat(calls).isEmpty();

    anotherPod.resume("enerflo", "ada");
    await().atMost(SOON.plusSeconds(1)).until(() -> calls.size() == 2);
    endCalls(AttemptResult.delivered("1"));
    awaitStates("delivered1", "delivered1", "delivered1", "delivered1");
  }

  @Test
  void noRetryBudgetIsUsedUpMeanwhile() throws Exception {
    fixture.addLeads(3);
    await().until(() -> calls.size() == 2);
    anotherPod.pause("enerflo", null, "ada");
    awaitStates("running1", "running1", "pending0");
    AttemptResult spent = AttemptResult.dead(503, "enerflo returned 503, after trying for PT24H");
    endCalls(spent.withHealth(DestinationHealth.DOWN));
    awaitStates("pending1", "pending1", "pending0");
    fixture.execute("update delivery_work set budget_from = now() - interval '3 days'");

    anotherPod.resume("enerflo", "ada");

    await().until(() -> calls.size() == 2);
    assertThat(fixture.column("select 1 from delivery where budget_from < now() - interval '1 h'"))
        .isEmpty();
  }

  @Test
  void otherDestinationsGoOn() throws Exception {
    anotherPod.pause("solarproof", null, "ada");
    assertThat(anotherPod.all()).containsOnlyKeys("solarproof");
    fixture.add(lead("one", "A", "a@example.com"), "enerflo", "solarproof");

    await().until(() -> calls.size() == 1);
  }

  @Test
  void aSecondPauseKeepsTheFirstOperatorAndReason() throws SQLException {
    fixture.pauses.pause("enerflo", "maintenance", "ada");
    anotherPod.pause("enerflo", "no idea", "grace");

    PauseReason pause = anotherPod.of("enerflo");
    assertThat(pause.by()).isEqualTo("ada");
    assertThat(pause.reason()).isEqualTo("maintenance");
    assertThat(pause.since()).isNotNull();
  }

  @Test
  void eachPodLogsPauseAndResumeOnceAndTheRequestedPodLogsTheOperator() throws SQLException {
    assertThat(anotherPod.of("enerflo")).isNull();
    LogCapture log = LogCapture.open();
    anotherPod.pause("enerflo", "maintenance", "ada");
    anotherPod.pause("enerflo", "maintenance", "ada");
    anotherPod.all();
    await().untilAsserted(() -> assertThat(fixture.pauses.of("enerflo")).isNotNull());
    anotherPod.resume("enerflo", "grace");
    anotherPod.resume("enerflo", "grace");
    await().untilAsserted(() -> assertThat(fixture.pauses.of("enerflo")).isNull());
    log.close();

    assertThat(log.lines())
        .filteredOn(line -> line.contains("enerflo"))
        .containsExactlyInAnyOrder(
            "Deliveries to enerflo are paused by ada: maintenance",
            "Deliveries to enerflo are paused by ada: maintenance",
            "Deliveries to enerflo go on: resumed by grace",
            "Deliveries to enerflo go on: resumed at another pod");
  }

  private void endCalls(AttemptResult verdict) {
    for (Consumer<AttemptResult> call = calls.poll(); call != null; call = calls.poll()) {
      call.accept(verdict);
    }
  }

  private static void awaitStates(String... states) {
    await().untilAsserted(() -> assertThat(fixture.column(STATES)).containsExactly(states));
  }
}
