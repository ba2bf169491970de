package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.QueueFixture;
import org.solarrelay.identity.ExternalId;

/** A worker takes over from a pod that died of a delivery that the database cannot record. */
class PoisonedDeliveryTest {

  /** An install that the database is made to reject. */
  private static final String UNSTORABLE = "666";

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @AfterEach
  void removeTriggers() throws SQLException {
    fixture.execute("drop function if exists poison() cascade");
  }

  @Test
  void aPoisonedDeliveryOfAPodThatDiedEndsDeadAndItsDestinationGoesOn() throws Exception {
    fixture.raiseErrorFor("insert", "record_id", "new.id = '%s'".formatted(UNSTORABLE), "23514");
    fixture.addLeads(5);
    fixture.take("enerflo", 5, Duration.ZERO);
    ExternalId unstorable = new ExternalId("enerflo.install", UNSTORABLE, "test");
    DeliveryExecutor.Call call = call(id -> id.equals("2") ? List.of(unstorable) : List.of());
    DestinationWorker worker = QueueWorker.of(fixture, call, Map.of());
    Thread thread = new Thread(worker);
    thread.start();
    try {
      await().until(() -> fixture.column(unfinished()).equals(List.of("0")));
      fixture.add(lead("later", "later", "later@example.com"), "enerflo");
      worker.wake();
      await().until(() -> fixture.column(unfinished()).equals(List.of("0")));
    } finally {
      worker.stop();
      thread.join();
    }

    DeliveryQueries.DeliveryEntry poisoned = fixture.entry("2", "enerflo");
    assertThat(poisoned.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(poisoned.reason())
        .contains("23514")
        .doesNotContainPattern("Exception|Error\\b|org\\.|java\\.");
    assertThat(fixture.column("select state from delivery where event_id <> '2'"))
        .hasSize(5)
        .containsOnly("delivered");
  }

  private static String unfinished() {
    return "select count(*) from delivery where state in ('pending', 'running')";
  }

  private static DeliveryExecutor.Call call(Function<String, List<ExternalId>> learnt) {
    return new DeliveryExecutor.Call() {
      @Override
      public void start(Delivery delivery, Consumer<AttemptResult> end) {
        List<ExternalId> ids = learnt.apply(delivery.event().id());
        end.accept(AttemptResult.delivered("v").with(ids, null));
      }

      @Override
      public AttemptResult timedOut(Delivery delivery, Duration within) {
        return AttemptResult.retry(Duration.ZERO, "late");
      }
    };
  }
}
