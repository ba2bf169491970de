package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Converter;

/** What jq expressions of routes see of a body. The JSON shares the body's values. */
@Converter(generateLoader = true)
public final class EventTypeConverters {

  private EventTypeConverters() {}

  /** {@code {id, type, source, subject, time, data}}; the time is ISO 8601 with its offset. */
  @Converter
  public static JsonNode toJson(Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", event.id());
    json.put("type", event.type());
    json.put("source", event.source());
    json.put("subject", event.subject());
    json.put("time", event.time().toString());
    json.set("data", event.data());
    return json;
  }

  /** {@code {source, event, receipt, time, headers, body}}; {@code event} may be null. */
  @Converter
  public static JsonNode toJson(Webhook webhook) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("source", webhook.source());
    json.put("event", webhook.event());
    json.put("receipt", webhook.receipt());
    json.put("time", webhook.receivedAt().toString());
    ObjectNode headers = json.putObject("headers");
    webhook.headers().forEach(headers::put);
    json.set("body", webhook.body());
    return json;
  }
}
