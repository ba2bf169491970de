package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.solarrelay.Webhooks;

class FlipOccurrenceReaderTest {

  private final FlipOccurrenceReader reader = new FlipOccurrenceReader();

  @Test
  void anEnrollmentChangedAtTheWebhooksTimestamp() {
    assertThat(reader.occurredAt(Webhooks.sample("flip", "enrollment.updated")))
        .hasValue(OffsetDateTime.parse("2025-06-02T00:15:00Z"));
  }

  @Test
  void aDateAloneOrNoTimestampIsNoTime() {
    assertThat(reader.occurredAt(Webhooks.body("flip", "{'timestamp': '2025-06-02'}"))).isEmpty();
    assertThat(reader.occurredAt(Webhooks.body("flip", "{}"))).isEmpty();
    assertThat(reader.occurredAt(Webhooks.body("flip", "[1]"))).isEmpty();
  }
}
