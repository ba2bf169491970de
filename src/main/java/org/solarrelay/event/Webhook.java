package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * One raw webhook as it stands in {@code solar.inbox}, its body parsed.
 *
 * @param source where it came in: enerflo, solarproof, flip or leads
 * @param event the event named by the URL, null where the body names it
 * @param receipt what the sender was given
 * @param receivedAt when the relay accepted it
 * @param headers the few headers of the sender that intake keeps, by lower-case name: {@code
 *     idempotency-key}, {@code webhook-id}, {@code content-type} and {@code ce-*}
 * @param body the JSON that was sent
 */
public record Webhook(
    String source,
    String event,
    String receipt,
    OffsetDateTime receivedAt,
    Map<String, String> headers,
    JsonNode body) {}
