package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;

class EnerfloOccurrenceReaderTest {

  private final EnerfloOccurrenceReader reader = new EnerfloOccurrenceReader();

  @Test
  void aCustomerChangedAtTheTimeOfItsTimestamps() {
    assertThat(reader.occurredAt(Webhooks.sample("enerflo", "new_customer")))
        .hasValue(OffsetDateTime.parse("2025-06-02T00:15:28Z"));
  }

  @Test
  void anInstallChangedAtTheTimeOfItsRoot() {
    assertThat(reader.occurredAt(Webhooks.sample("enerflo", "update_install")))
        .hasValue(OffsetDateTime.parse("2026-03-20T14:00:00Z"));
  }

  @Test
  void aWebhook2HasNoTime() {
    assertThat(reader.occurredAt(Webhooks.sample("enerflo", "deal.projectSubmitted"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'updated_at': '2026-03-20'}",
        "{'updated_at': '0000-00-00 00:00:00'}",
        "{'updated_at': 'yesterday'}",
        "{'updated_at': null}",
        "[]",
        "5"
      })
  void aDateAloneOrAnythingElseIsNoTime(String body) {
    assertThat(reader.occurredAt(Webhooks.body("enerflo", body))).isEqualTo(Optional.empty());
  }
}
