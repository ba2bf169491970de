package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueDepthTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void unfinishedDeliveriesAreCountedWithTheAgeOfTheOldest() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo", "solarproof");
    fixture.add(QueueFixture.lead("2", "b", "b@example.com"), "enerflo");
    fixture.execute(
        "update delivery_work set created_at = now() - interval '1 h' where event_id = '1'");
    List<Delivery> taken = fixture.take("solarproof");
    fixture.end(taken.get(0), AttemptResult.delivered("x"));

    QueueDepth.Backlog enerflo = backlogs().get("enerflo");
    assertThat(enerflo.undelivered()).isEqualTo(2);
    assertThat(enerflo.age()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    assertThat(backlogs()).doesNotContainKey("solarproof");
  }

  @Test
  void deliveriesInFlightAreUnfinished() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo");
    fixture.take("enerflo");
    assertThat(backlogs().get("enerflo").undelivered()).isOne();
  }

  @Test
  void aReplayedDeliveryIsAsOldAsItsReplay() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo");
    fixture.execute(
        "update delivery_work set created_at = now() - interval '3 days', late = true, budget_from = null");
    assertThat(backlogs().get("enerflo").age()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void heldDeliveriesAreCountedSeparately() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "solarproof");
    fixture.end(
        fixture.take("solarproof").get(0), AttemptResult.held("UNENROLLED cannot be undone"));

    assertThat(fixture.queueDepth().held()).containsEntry("solarproof", 1L);
    assertThat(backlogs().getOrDefault("solarproof", QueueDepth.Backlog.NONE).undelivered())
        .isZero();
  }

  private static Map<String, QueueDepth.Backlog> backlogs() throws SQLException {
    return fixture.queueDepth().all();
  }
}
