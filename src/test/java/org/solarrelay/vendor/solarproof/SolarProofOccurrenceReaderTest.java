package org.solarrelay.vendor.solarproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solarrelay.Webhooks;
import org.solarrelay.event.Webhook;

class SolarProofOccurrenceReaderTest {

  private final SolarProofOccurrenceReader reader = new SolarProofOccurrenceReader();

  @Test
  void aCustomerWasCreatedAtTheTimeInItsBody() {
    Webhook created = Webhooks.sample("solarproof", "customer_created", "customer_created");

    assertThat(reader.occurredAt(created)).hasValue(OffsetDateTime.parse("2025-10-16T12:00:00Z"));
  }

  @Test
  void ofSeveralCustomersTheLastOneCounts() {
    assertThat(
            reader.occurredAt(
                webhook(
                    "customer_created",
                    "[{'customer_created_at': '2025-10-16T12:00:00Z'}, 5,"
                        + " {'customer_created_at': '2025-10-17'},"
                        + " {'customer_created_at': '2025-10-16T13:00:00Z'}]")))
        .hasValue(OffsetDateTime.parse("2025-10-16T13:00:00Z"));
  }

  @Test
  void aStatusChangeDoesNotHappenWhenTheCustomerWasCreated() {
    assertThat(
            reader.occurredAt(
                webhook(
                    "customer_status_change", "{'customer_created_at': '2025-10-16T12:00:00Z'}")))
        .isEmpty();
  }

  private static Webhook webhook(String event, String body) {
    return Webhooks.of("solarproof", event, Map.of(), Webhooks.json(body));
  }
}
