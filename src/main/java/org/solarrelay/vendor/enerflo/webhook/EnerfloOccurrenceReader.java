package org.solarrelay.vendor.enerflo.webhook;

import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.OccurrenceReader;
import org.solarrelay.event.Webhook;

/**
 * Reads when a customer or install changed, in UTC. Webhooks 1.0 have the time, webhooks 2.0 have
 * none (Enerflo, New Customer Example, Update Install Example).
 */
@Singleton
class EnerfloOccurrenceReader implements OccurrenceReader {

  @Override
  public String source() {
    return "enerflo";
  }

  @Override
  public Optional<OffsetDateTime> occurredAt(Webhook webhook) {
    JsonFields body = new JsonFields(webhook.body());
    String customer = body.in("timestamps").text("updated_at");
    return EnerfloWebhookTime.moment(customer == null ? body.text("updated_at") : customer);
  }
}
