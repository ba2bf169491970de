package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

  @Test
  void aReceiptHoldsTheTimeAtWhichItWasIssued() {
    Instant at = Instant.parse("2026-11-30T10:15:30.123Z");
    String receipt = Receipt.create(at);

    assertThat(UUID.fromString(receipt).version()).isEqualTo(7);
    assertThat(UUID.fromString(receipt).variant()).isEqualTo(2);
    assertThat(Receipt.issuedAt(receipt)).contains(at);
  }

  @Test
  void receiptsOfOneMillisecondDiffer() {
    Set<String> receipts = new HashSet<>();
    for (int n = 0; n < 1000; n++) {
      receipts.add(Receipt.create(Instant.EPOCH));
    }

    assertThat(receipts).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "273",
        "solar.leads-6-2",
        "33ea387d-5670-4a2c-ae05-e510a5323977",
        "0-0-7000-8000-0",
        "019AD3F0-0000-7000-8000-000000000000",
        "019ad3f0-0000-7000-8000-000000000000x"
      })
  void anythingElseIsNoReceipt(String text) {
    assertThat(Receipt.issuedAt(text)).isEmpty();
  }
}
