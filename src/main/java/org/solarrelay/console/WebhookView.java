package org.solarrelay.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.StringJoiner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.event.RecordPosition;

/**
 * A webhook, unchanged.
 *
 * @param position on {@code solar.inbox}
 * @param headers those that the relay keeps, a line each
 * @param body JSON is indented
 */
public record WebhookView(String position, Instant at, String headers, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 100_000;

  static WebhookView of(ConsumerRecord<byte[], byte[]> record) {
    StringJoiner headers = new StringJoiner("\n");
    for (Header header : record.headers()) {
      headers.add(header.key() + ": " + text(header.value()));
    }
    return new WebhookView(
        RecordPosition.of(record),
        RecordPosition.time(record),
        headers.toString(),
        ConsoleText.cut(body(text(record.value())), LONGEST));
  }

  /** The body as JSON; missing where it is none. */
  static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(text(body));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String body(String text) {
    try {
      return JSON.readTree(text).toPrettyString();
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
