package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryCancellationTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void addTwoDeliveriesOfOneRecord() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
  }

  @Test
  void aPendingDeliveryIsSkippedWithOperatorAndReasonAndTheNextOfItsRecordProceeds()
      throws SQLException {
    assertThat(cancel()).isTrue();

    assertCancelled();
    assertThat(eventIds(fixture.take("enerflo"))).containsExactly("second");
    assertThat(fixture.column("select count(*) from unannounced")).containsExactly("1");
  }

  @Test
  void aHeldDeliveryCanBeCancelled() throws SQLException {
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.held("needs approval"));

    assertThat(cancel()).isTrue();
    assertCancelled();
  }

  @Test
  void aDeliveryInFlightCannotBeCancelled() throws SQLException {
    Delivery called = fixture.take("enerflo").get(0);

    assertThat(cancel()).isFalse();
    fixture.end(called, AttemptResult.delivered("1"));
    assertThat(cancel()).isFalse();
    assertThat(fixture.entry("first", "enerflo").state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void aLateResultOfADeadPodsCallDoesNotUndoTheCancellation() throws SQLException {
    Delivery lost = fixture.queue.take("enerflo", 1, Duration.ZERO).get(0);

    assertThat(cancel()).isTrue();
    fixture.end(lost, AttemptResult.delivered("1"));
    assertCancelled();
  }

  @Test
  void aCancelledDeliveryCanBeReplayed() throws SQLException {
    cancel();
    long id = fixture.entry("first", "enerflo").id();

    fixture.replays.replay(DeliveryFilter.one(id).state(DeliveryState.SKIPPED), 1, "ada");

    assertThat(fixture.entry("first", "enerflo").state()).isEqualTo(DeliveryState.PENDING);
    assertThat(fixture.queue.take("enerflo", 1, LEASE)).isEmpty();
  }

  @Test
  void anUnknownDeliveryCannotBeCancelled() throws SQLException {
    assertThat(fixture.cancellation.cancel(0, "ada", "why")).isEmpty();
  }

  private static boolean cancel() throws SQLException {
    long id = fixture.entry("first", "enerflo").id();
    return fixture.cancellation.cancel(id, "ada", "withdrawn").isPresent();
  }

  private static void assertCancelled() throws SQLException {
    DeliveryQueries.DeliveryEntry entry = fixture.entry("first", "enerflo");
    assertThat(entry.state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(entry.reason()).isEqualTo("cancelled by ada: withdrawn");
    assertThat(entry.finishedAt()).isNotNull();
  }
}
