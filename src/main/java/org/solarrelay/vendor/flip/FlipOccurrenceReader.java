package org.solarrelay.vendor.flip;

import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.OccurrenceReader;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.normal.TimeNormalizer;

/** Reads the {@code timestamp} of the OEM API's webhooks (Flip, Webhooks). */
@Singleton
class FlipOccurrenceReader implements OccurrenceReader {

  @Override
  public String source() {
    return "flip";
  }

  @Override
  public Optional<OffsetDateTime> occurredAt(Webhook webhook) {
    return Optional.ofNullable(new JsonFields(webhook.body()).text("timestamp"))
        .flatMap(TimeNormalizer::normalize);
  }
}
