package org.solarrelay.crm;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.stream.Stream;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

/**
 * What web forms and CRMs post to {@code /webhooks/leads}, as events: the bare data of a {@code
 * lead.submitted}, or a CloudEvent 1.0 in either of the modes of its HTTP protocol binding.
 */
@Singleton
@Named("leadsTranslator")
public class LeadsTranslator {

  /** Whether the body is a whole CloudEvent. */
  public boolean isStructuredCloudEvent(Webhook webhook) {
    String contentType = webhook.headers().get("content-type");
    boolean said =
        contentType != null
            && contentType
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("application/cloudevents+json");
    return said || new JsonFields(webhook.body()).text("specversion") != null;
  }

  /** Whether HTTP headers make a CloudEvent of the body. */
  public boolean isBinaryCloudEvent(Webhook webhook) {
    return Stream.of("ce-specversion", "ce-id", "ce-type").anyMatch(webhook.headers()::containsKey);
  }

  /**
   * Bare data, as a {@code lead.submitted} of the source {@code web}.
   *
   * @return the event, the same again for the same {@code Idempotency-Key}; without that header
   *     each POST is a lead of its own
   * @throws InvalidMessageException where the data is not that of a lead
   */
  public Translation leadSubmitted(Webhook webhook) {
    EventType type = EventType.LEAD_SUBMITTED;
    String key = webhook.headers().get("idempotency-key");
    boolean repeatable = key != null && !key.isBlank();
    String ownId = new JsonFields(webhook.body()).text("id");
    return Translation.of(
        new Event(
            repeatable ? EventId.of("web", key.strip()) : webhook.receipt(),
            "web",
            type.id(),
            ownId == null ? webhook.receipt() : ownId,
            webhook.receivedAt(),
            webhook.receipt(),
            repeatable,
            LeadsData.of(type, webhook.body())));
  }

  /**
   * A CloudEvent in structured mode.
   *
   * @throws InvalidMessageException where a required attribute is missing, the type is not one of
   *     the relay's or the data is not that of its type
   */
  public Translation structuredCloudEvent(Webhook webhook) {
    JsonFields event = new JsonFields(webhook.body());
    if (event.text("specversion") == null) {
      throw new InvalidMessageException("the CloudEvent has no specversion");
    }
    JsonNode data = event.node().path("data");
    return new LeadsCloudEvent(event::text, data).translate(webhook);
  }

  /** A CloudEvent in binary mode; otherwise as in structured mode. */
  public Translation binaryCloudEvent(Webhook webhook) {
    return new LeadsCloudEvent(
            name -> LeadsHeader.decoded(webhook.headers().get("ce-" + name)), webhook.body())
        .translate(webhook);
  }
}
