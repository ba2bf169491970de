package org.solarrelay.intake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP response to the sender of a webhook.
 *
 * @param headers beside the content type, such as {@code Retry-After} in seconds
 * @param json the body
 * @param rejection why the webhook is rejected; empty where it is accepted
 */
public record WebhookResponse(
    int status,
    String mediaType,
    Map<String, String> headers,
    String json,
    Optional<RejectionReason> rejection) {

  static final WebhookResponse FAILED =
      problem(RejectionReason.FAILED, "See the relay's log", Map.of());

  /** 202: Kafka has stored the webhook; {@code GET /api/events/{receipt}} returns its history. */
  static WebhookResponse accepted(String receipt) {
    return new WebhookResponse(
        202, "application/json", Map.of(), "{\"receipt\":\"" + receipt + "\"}", Optional.empty());
  }

  /**
   * Creates an error as problem+json (RFC 9457).
   *
   * @param detail what is wrong and what to change; never a secret, a class name or sent data
   */
  static WebhookResponse problem(
      RejectionReason reason, String detail, Map<String, String> headers) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(reason.title(), reason.status(), escaped(detail));
    return new WebhookResponse(
        reason.status(), "application/problem+json", headers, json, Optional.of(reason));
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
