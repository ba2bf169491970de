package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTest {

  @TempDir private static Path dir;
  private static QueueFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = QueueFixture.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    fixture.close();
  }

  @BeforeEach
  void clear() throws SQLException {
    fixture.clear();
  }

  @Test
  void whatIsNotOverIsCountedAndItsAgeIsThatOfTheOldest() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo", "solarproof");
    fixture.add(QueueFixture.lead("2", "b", "b@example.com"), "enerflo");
    fixture.execute("update delivery set created_at = now() - interval '1 h' where event_id = '1'");
    List<Delivery> taken = fixture.take("solarproof");
    fixture.end(taken.get(0), Verdict.delivered("x"));

    Waiting.Figures enerflo = fixture.waiting().figures().get("enerflo");
    assertThat(enerflo.undelivered()).isEqualTo(2);
    assertThat(enerflo.oldest()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    assertThat(fixture.waiting().figures()).doesNotContainKey("solarproof");
  }

  @Test
  void whatIsUnderWayIsNotOver() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo");
    fixture.take("enerflo");
    assertThat(fixture.waiting().figures().get("enerflo").undelivered()).isOne();
  }

  @Test
  void aReplayedDeliveryIsAsOldAsItsReplay() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "enerflo");
    fixture.execute(
        "update delivery set created_at = now() - interval '3 days', late = true, budget_from = null");
    assertThat(fixture.waiting().figures().get("enerflo").oldest())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void whatAwaitsApprovalIsCountedByItself() throws Exception {
    fixture.add(QueueFixture.lead("1", "a", "a@example.com"), "solarproof");
    fixture.end(
        fixture.take("solarproof").get(0), Verdict.held("UNENROLLED can not be taken back"));

    Waiting.Figures waiting = fixture.waiting().figures().get("solarproof");
    assertThat(waiting.held()).isOne();
    assertThat(waiting.undelivered()).isZero();
  }
}
