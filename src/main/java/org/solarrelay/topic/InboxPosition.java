package org.solarrelay.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The position on {@code solar.inbox} of an event's webhook, as the header {@code relay_inbox} of
 * the event's record. Within a partition, positions order webhooks by acceptance. Timestamps do
 * not: the clocks of two pods differ, and a record of the inbox may be read twice.
 */
public record InboxPosition(int partition, long offset) {

  private static final String HEADER = "relay_inbox";
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

  /** Sets the header of an event's record. */
  static void mark(ConsumerRecord<byte[], byte[]> webhook, Headers event) {
    String position = webhook.partition() + "-" + webhook.offset();
    event.remove(HEADER);
    event.add(HEADER, position.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether an event's record has the header, because the event is made of a webhook. */
  public static boolean isIn(Headers event) {
    return event.lastHeader(HEADER) != null;
  }

  /** Reads the header; empty where a producer sent the event. */
  public static Optional<InboxPosition> of(Headers event) {
    Header header = event.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    Matcher text = TEXT.matcher(new String(header.value(), StandardCharsets.UTF_8));
    return text.matches()
        ? Optional.of(
            new InboxPosition(Integer.parseInt(text.group(1)), Long.parseLong(text.group(2))))
        : Optional.empty();
  }
}
