package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;

/**
 * Converts bodies to the JSON that jq expressions of routes see. The JSON shares the body's values.
 */
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

  /** {@code {topic, key, headers, time, body}}; {@code key} may be null. */
  @Converter
  public static JsonNode toJson(TopicMessage message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", message.topic());
    json.put("key", message.key().orElse(null));
    ObjectNode headers = json.putObject("headers");
    message.headers().forEach(headers::put);
    json.put("time", message.time().toString());
    json.set("body", message.body());
    return json;
  }

  /** The value's bytes, unchanged; null where the value is null. */
  @Converter(allowNull = true)
  public static byte[] toBytes(TopicMessage message) {
    return message.value().orElse(null);
  }

  /** The value as text; null where the value is null. */
  @Converter(allowNull = true)
  public static String toText(TopicMessage message) {
    return message.value().map(value -> new String(value, StandardCharsets.UTF_8)).orElse(null);
  }

  /** The value as a stream, for data formats; null where the value is null. */
  @Converter(allowNull = true)
  public static InputStream toStream(TopicMessage message) {
    return message.value().map(ByteArrayInputStream::new).orElse(null);
  }
}
