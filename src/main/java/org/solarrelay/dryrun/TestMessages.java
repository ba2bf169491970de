package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.event.Webhook;
import org.solarrelay.intake.WebhookRequest;

/** Reads the messages of specs and previews in the form that the stages read from Kafka. */
final class TestMessages {

  private static final String RECEIPT = "00000000-0000-4000-8000-000000000000";
  private static final List<String> ATTRIBUTES =
      List.of("id", "source", "type", "subject", "time", "receipt", "data");

  private final Optional<Path> samples;
  private final Clock clock;

  /**
   * @param samples the folder of sample files
   */
  TestMessages(Path samples, Clock clock) {
    this(Optional.of(samples), clock);
  }

  private TestMessages(Optional<Path> samples, Clock clock) {
    this.samples = samples;
    this.clock = clock;
  }

  /** Reads messages that name no sample. */
  static TestMessages withoutSamples(Clock clock) {
    return new TestMessages(Optional.empty(), clock);
  }

  /**
   * A webhook as intake writes it to Kafka.
   *
   * @param given source, event, headers, and body or sample with change
   * @throws IllegalArgumentException if a sample is missing
   */
  Webhook webhook(JsonNode given) {
    Map<String, String> headers = new HashMap<>();
    StubResponse.texts(given.path("headers"))
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    JsonNode body = given.has("sample") ? sample(given) : given.path("body");
    return Webhook.builder()
        .source(given.path("source").asText())
        .event(given.path("event").textValue())
        .receipt(RECEIPT)
        .receivedAt(now())
        .headers(headers)
        .body(EventJson.parse(EventJson.bytes(body)))
        .build();
  }

  /**
   * A message as a route reads it from its topic, at the first position of the topic.
   *
   * @param given topic, key, headers, time, and body or sample with change; a body that is a text
   *     is the value unchanged
   * @throws IllegalArgumentException if a sample is missing
   */
  TopicMessage message(JsonNode given) {
    JsonNode body = given.has("sample") ? sample(given) : given.path("body");
    byte[] value = body.isTextual() ? utf8(body.textValue()) : EventJson.bytes(body);
    byte[] key = given.hasNonNull("key") ? utf8(given.get("key").asText()) : null;
    Headers headers = new RecordHeaders();
    StubResponse.texts(given.path("headers"))
        .forEach((name, text) -> headers.add(name, utf8(text)));
    long time =
        given.has("time")
            ? OffsetDateTime.parse(given.get("time").asText()).toInstant().toEpochMilli()
            : clock.millis();
    return TopicMessage.of(
        new ConsumerRecord<>(
            given.path("topic").asText(),
            0,
            0,
            time,
            TimestampType.CREATE_TIME,
            key == null ? 0 : key.length,
            value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * An event as fan-out reads it from its topic.
   *
   * @throws InvalidMessageException if {@code given} is no event
   * @throws IllegalArgumentException if a sample is missing
   */
  Event event(JsonNode given) {
    if (given.has("topic")) {
      return EventReader.read(
          given.path("topic").asText(),
          0,
          0,
          clock.millis(),
          given.path("key").textValue(),
          new RecordHeaders(),
          EventJson.bytes(given.path("data")));
    }
    ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("specversion", "1.0");
    envelope.put("id", "event-1").put("source", "crm").put("subject", "4711");
    if (given.has("sample")) {
      envelope.setAll((ObjectNode) sample(given.path("sample").asText()));
    }
    ATTRIBUTES.stream()
        .filter(given::has)
        .forEach(name -> envelope.set(name, attribute(name, given.get(name))));
    if (given.has("change")) {
      envelope.set("data", changed(envelope.path("data"), given.get("change")));
    }
    return EventReader.read(envelope, now());
  }

  /** An HTTP request as intake receives it. */
  WebhookRequest request(JsonNode given) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().addAll(StubResponse.texts(given.path("headers")));
    if (!headers.contains("content-type")) {
      headers.set("content-type", "application/json");
    }
    JsonNode body = given.has("sample") ? sample(given) : given.path("body");
    return new WebhookRequest(
        given.path("method").asText("POST"),
        given.path("path").asText().replaceFirst("^/webhooks/?", ""),
        headers,
        given.path("token").textValue(),
        body.isTextual() ? utf8(body.textValue()) : EventJson.bytes(body),
        false);
  }

  private static JsonNode attribute(String name, JsonNode value) {
    return name.equals("data") ? value : JsonNodeFactory.instance.textNode(value.asText());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  JsonNode sample(JsonNode given) {
    JsonNode sample = sample(given.path("sample").asText());
    return given.has("change") ? changed(sample, given.get("change")) : sample;
  }

  private JsonNode sample(String name) {
    Path folder =
        samples.orElseThrow(() -> new IllegalArgumentException("a preview reads no samples"));
    Path file = folder.resolve(name);
    try {
      return EventJson.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no sample " + file);
    }
  }

  /** Applies a JSON Merge Patch (RFC 7396). */
  private static JsonNode changed(JsonNode target, JsonNode change) {
    if (!(change instanceof ObjectNode fields)) {
      return change;
    }
    ObjectNode changed =
        target instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    fields
        .properties()
        .forEach(
            it -> {
              if (it.getValue().isNull()) {
                changed.remove(it.getKey());
              } else {
                changed.set(it.getKey(), changed(changed.path(it.getKey()), it.getValue()));
              }
            });
    return changed;
  }
}
