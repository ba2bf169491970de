package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordOrderTest {

  @RegisterExtension static final QueueFixture fixture = new QueueFixture();

  @Test
  void aDeliveryWaitsForTheFirstOfItsRecordAtTheSameDestination() throws SQLException {
    fixture.add(QueueFixture.lead("a", "r1", "a@example.com"), "enerflo", "crm");
    fixture.add(QueueFixture.lead("b", "r1", "b@example.com"), "enerflo");
    fixture.add(QueueFixture.lead("c", "r2", "c@example.com"), "enerflo");
    long first = number("a", "enerflo");
    long second = number("b", "enerflo");

    assertThat(
            fixture.recordOrder.firstBefore(
                List.of(first, second, number("a", "crm"), number("c", "enerflo"))))
        .containsOnlyKeys(second)
        .containsEntry(second, first);
  }

  private static long number(String event, String destination) throws SQLException {
    return fixture.queries.history(event).deliveries().stream()
        .filter(one -> one.destination().equals(destination))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
