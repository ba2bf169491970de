package org.solarrelay.vendor.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

/**
 * Translates the webhooks of web forms and CRMs, posted to {@code /webhooks/leads}, into events. A
 * body is the data of a {@code lead.submitted}, or a CloudEvent 1.0 in either mode of its HTTP
 * protocol binding.
 */
@Singleton
@Named("leadsTranslator")
public class LeadsTranslator {

  /** Includes headers of version 0.1, so that such an event is rejected instead of read as data. */
  private static final List<String> CLOUD_EVENT_HEADERS =
      List.of("ce-specversion", "ce-id", "ce-type", "ce-source", "ce-eventid", "ce-eventtype");

  /** Whether the body is a whole CloudEvent. */
  public boolean isStructuredCloudEvent(Webhook webhook) {
    String contentType = webhook.headers().getOrDefault("content-type", "");
    return contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/cloudevents+json")
        || new JsonFields(webhook.body()).text("specversion") != null;
  }

  /** Whether the request is a CloudEvent in binary mode, by its headers. */
  public boolean isBinaryCloudEvent(Webhook webhook) {
    return CLOUD_EVENT_HEADERS.stream().anyMatch(webhook.headers()::containsKey);
  }

  /**
   * Translates plain data into a {@code lead.submitted} of the source {@code web}.
   *
   * @return the event, with the same id for the same {@code Idempotency-Key}; without that header
   *     each POST is a lead of its own
   * @throws InvalidMessageException where the data breaks the schema of {@code lead.submitted}
   */
  public Translation leadSubmitted(Webhook webhook) {
    return event(
        LeadsEnvelope.ofBareData(webhook), webhook, LeadsEnvelope.hasIdempotencyKey(webhook));
  }

  /**
   * Translates a CloudEvent in structured mode, which keeps its id.
   *
   * @throws InvalidMessageException where the event breaks CloudEvents 1.0, its type is not one of
   *     the relay's, or its data breaks the schema of the type
   */
  public Translation structuredCloudEvent(Webhook webhook) {
    if (webhook.body() instanceof ObjectNode envelope) {
      return event(envelope, webhook, false);
    }
    throw new InvalidMessageException("a CloudEvent must be a JSON object");
  }

  /** Translates a CloudEvent in binary mode; otherwise as {@link #structuredCloudEvent}. */
  public Translation binaryCloudEvent(Webhook webhook) {
    return event(LeadsEnvelope.ofHeaders(webhook), webhook, false);
  }

  private static Translation event(ObjectNode envelope, Webhook webhook, boolean derivedId) {
    Event event = EventReader.read(envelope, webhook.receivedAt());
    return Translation.of(event.ofWebhook(webhook.receipt(), derivedId));
  }
}
