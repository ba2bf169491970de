package org.solarrelay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

/** Creates webhooks like those of {@code solar.inbox}, for tests of translations. */
public final class Webhooks {

  public static final OffsetDateTime RECEIVED_AT =
      OffsetDateTime.parse("2025-06-02T10:15:30+10:00");
  public static final String RECEIPT = "01JWQ2M4T8";

  private Webhooks() {}

  /** The webhook of {@code routes/samples/webhook-<source>-<name>.json}. */
  public static Webhook sample(String source, String name) {
    return of(source, null, Map.of(), sampleJson(source, name));
  }

  /** The webhook of a sample that was sent to the URL of the event. */
  public static Webhook sample(String source, String event, String name) {
    return of(source, event, Map.of(), sampleJson(source, name));
  }

  /** A webhook with the JSON; ' stands for ". */
  public static Webhook body(String source, String json) {
    return of(source, null, Map.of(), json(json));
  }

  public static Webhook of(
      String source, String event, Map<String, String> headers, JsonNode body) {
    return Webhook.builder()
        .source(source)
        .event(event)
        .receipt(RECEIPT)
        .receivedAt(RECEIVED_AT)
        .headers(headers)
        .body(body)
        .build();
  }

  /** Parses JSON; ' stands for ". */
  public static JsonNode json(String json) {
    return EventJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  public static JsonNode sampleJson(String source, String name) {
    try {
      Path file = Path.of("routes/samples/webhook-" + source + "-" + name + ".json");
      return EventJson.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the route {@code translate-<source>} with the webhook. */
  public static Translation translate(CamelContext context, Webhook webhook) throws Exception {
    Exchange exchange =
        context
            .createProducerTemplate()
            .request("direct:translate-" + webhook.source(), e -> e.getMessage().setBody(webhook));
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange.getMessage().getBody(Translation.class);
  }
}
