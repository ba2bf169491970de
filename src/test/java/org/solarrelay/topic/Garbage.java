package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages that do not belong on a topic, and the reason that the relay gives for each. */
final class Garbage {

  private static final String PERSON = "\"email\":\"garbage-person@example.com\"";

  private Garbage() {}

  /** Values no event topic takes, with a part of the reason. */
  static Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("garbage-person@example.com wants a roof", "not JSON: ");
    values.put("{" + PERSON, "not JSON: ");
    values.put("{" + PERSON + "} {}", "not JSON: ");
    values.put("", "not JSON: it is empty");
    values.put("{" + PERSON + ",\"id\":\"\\u0000\"}", "id: holds a character");
    values.put("{" + PERSON + ",\"id\":\"\\ud800\"}", "id: holds a character");
    values.put("{" + PERSON + ",\"note\":\"\u00ff\u00fe\"}", "not JSON: ");
    values.put("[".repeat(10_000) + "]".repeat(10_000), "JSON beyond the relay's limits");
    values.put("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), "JSON beyond");
    values.put("{" + PERSON + ",\"n\":" + "9".repeat(5_000) + "}", "JSON beyond");
    values.put("{" + PERSON + ",\"n\":1e999999999}", "n: number out of range");
    values.put("\"" + "x".repeat(1024 * 1024 - 2) + "\"", "JSON object expected");
    values.put(
        "{" + PERSON + ",\"x\":[" + "[],".repeat(60_000) + "0]}", "JSON of more than 100000");
    values.put(
        "{" + PERSON + ",\"x\":[" + "{},".repeat(60_000) + "0]}", "JSON of more than 100000");
    values.put(
        "{" + PERSON + ",\"x\":[" + "0,".repeat(120_000) + "0]}", "JSON of more than 100000");
    values.put("[{" + PERSON + "}]", "JSON object expected");
    values.put("\"garbage-person@example.com\"", "JSON object expected");
    values.put("42", "JSON object expected");
    values.put("null", "JSON object expected");
    return values;
  }

  /** Attributes that make no CloudEvent of the topic's, with a part of the reason. */
  static Map<Map<String, String>, String> cloudEvents(String topic) {
    String elsewhere = topic.equals("solar.leads") ? "enrollment.changed" : "lead.submitted";
    Map<Map<String, String>, String> events = new LinkedHashMap<>();
    events.put(with(Map.of("ce_type", "roof.painted")), "unknown event type 'roof.painted'");
    events.put(with(Map.of("ce_type", "garbage person")), "unknown event type (not a name)");
    events.put(with(Map.of("ce_type", elsewhere)), elsewhere + " belongs on topic");
    events.put(with(Map.of("ce_id", "")), "CloudEvent attribute id is missing");
    events.put(with(Map.of("ce_type", "")), "CloudEvent attribute type is missing");
    events.put(with(Map.of("ce_source", "garbage person")), "attribute source: a URI reference");
    events.put(with(Map.of("ce_time", "garbage-person")), "CloudEvent attribute time:");
    events.put(with(Map.of("ce_specversion", "0.3")), "specversion: 1.0 expected");
    return events;
  }

  /** Latin-1, so that some of it is no UTF-8. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> with(Map<String, String> changes) {
    Map<String, String> headers =
        new HashMap<>(
            Map.of(
                "ce_specversion", "1.0", "ce_id", "g-1", "ce_source", "crm", "ce_type", "lead.x"));
    headers.putAll(changes);
    return headers;
  }
}
