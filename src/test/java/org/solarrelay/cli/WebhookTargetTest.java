package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTargetTest {

  @ParameterizedTest
  @CsvSource({
    "routes/samples/webhook-enerflo-customer.updated.v2.json, /webhooks/enerflo",
    "routes/samples/webhook-solarproof-customer_created.json, /webhooks/solarproof/customer_created",
    "webhook-solarproof-customer_status_change-old.json, /webhooks/solarproof/customer_status_change",
    "webhook-flip-enrollment.created.json, /webhooks/flip",
    "webhook-leads-lead.submitted.json, /webhooks/leads",
    "event-lead.changed.json, /webhooks/leads",
    "-, /webhooks/leads"
  })
  void theFileNameDecidesTheTarget(String file, String path) {
    assertThat(WebhookTarget.ofFile(file).path()).isEqualTo(path);
  }
}
