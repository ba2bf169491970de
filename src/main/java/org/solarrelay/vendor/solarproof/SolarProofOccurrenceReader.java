package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.OccurrenceReader;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.normal.TimeNormalizer;

/**
 * Reads when a customer was created; of several customers, the last one. Webhooks about other
 * events have no time of their own (Solar Proof, Webhook Events Reference).
 */
@Singleton
class SolarProofOccurrenceReader implements OccurrenceReader {

  @Override
  public String source() {
    return "solarproof";
  }

  @Override
  public Optional<OffsetDateTime> occurredAt(Webhook webhook) {
    return "customer_created".equals(webhook.event())
        ? customers(webhook.body())
            .map(customer -> new JsonFields(customer).text("customer_created_at"))
            .flatMap(Stream::ofNullable)
            .flatMap(text -> TimeNormalizer.normalize(text).stream())
            .max(OffsetDateTime.timeLineOrder())
        : Optional.empty();
  }

  private static Stream<JsonNode> customers(JsonNode body) {
    return StreamSupport.stream((body.isArray() ? body : List.of(body)).spliterator(), false);
  }
}
