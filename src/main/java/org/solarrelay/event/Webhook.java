package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * A raw webhook from {@code solar.inbox}, with its body parsed.
 *
 * @param source the source in its URL: enerflo, solarproof, flip or leads
 * @param event the event in its URL; null where the URL has none
 * @param receipt the receipt in the relay's response
 * @param receivedAt when the relay accepted the webhook
 * @param headers the headers that intake keeps, by lower-case name: {@code idempotency-key}, {@code
 *     webhook-id}, {@code content-type} and {@code ce-*}
 * @param body the JSON of its body
 */
public record Webhook(
    String source,
    String event,
    String receipt,
    OffsetDateTime receivedAt,
    Map<String, String> headers,
    JsonNode body) {}
