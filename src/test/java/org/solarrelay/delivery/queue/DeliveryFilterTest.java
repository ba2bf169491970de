package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryFilterTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void sinceFindsAllDeliveriesOfTheFirstBatch() throws Exception {
    fixture.queue.add(
        List.of(
            fixture.fanned(
                QueueFixture.lead("1", "r1", "1@example.com"), "enerflo", "solarproof", "crm"),
            fixture.fanned(
                QueueFixture.lead("2", "r2", "2@example.com"), "enerflo", "solarproof", "crm")));
    OffsetDateTime since = OffsetDateTime.now().minusHours(1);

    var found =
        fixture.ledger.find(new DeliveryFilter(null, null, null, null, null, since), null, 50);

    assertThat(found)
        .extracting(entry -> entry.eventId() + " " + entry.destination())
        .containsExactlyInAnyOrder(
            "1 enerflo", "1 solarproof", "1 crm", "2 enerflo", "2 solarproof", "2 crm");
  }
}
