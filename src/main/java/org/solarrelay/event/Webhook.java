package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * A raw webhook from {@code solar.inbox}, with its body parsed.
 *
 * @param source the source in the URL: enerflo, solarproof, flip or leads
 * @param event the event in the URL; null where the URL has none
 * @param receipt the receipt in the relay's response
 * @param receivedAt when the relay accepted the webhook
 * @param headers the headers that intake keeps, by lower-case name: {@code idempotency-key}, {@code
 *     webhook-id}, {@code content-type} and {@code ce-*}
 * @param body the JSON of the webhook's body
 */
public record Webhook(
    String source,
    String event,
    String receipt,
    OffsetDateTime receivedAt,
    Map<String, String> headers,
    JsonNode body) {

  /** Starts a webhook. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a webhook; without further calls its URL has no event. */
  public static final class Builder {
    private String source;
    private String event;
    private String receipt;
    private OffsetDateTime receivedAt;
    private Map<String, String> headers = Map.of();
    private JsonNode body;

    private Builder() {}

    public Builder source(String source) {
      this.source = source;
      return this;
    }

    public Builder event(String event) {
      this.event = event;
      return this;
    }

    public Builder receipt(String receipt) {
      this.receipt = receipt;
      return this;
    }

    public Builder receivedAt(OffsetDateTime receivedAt) {
      this.receivedAt = receivedAt;
      return this;
    }

    public Builder headers(Map<String, String> headers) {
      this.headers = headers;
      return this;
    }

    public Builder body(JsonNode body) {
      this.body = body;
      return this;
    }

    public Webhook build() {
      return new Webhook(source, event, receipt, receivedAt, headers, body);
    }
  }
}
