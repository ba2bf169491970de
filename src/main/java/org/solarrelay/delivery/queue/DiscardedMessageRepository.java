package org.solarrelay.delivery.queue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;

/**
 * Writes messages that became no event. A message in the database stays as it is, unless an
 * operator has sent it to its topic again.
 */
final class DiscardedMessageRepository {

  private static final Sql INSERT =
      Sql.of(
          """
          insert into set_aside (id, stage, source, state, reason, at, topic, key, headers, value,
            receipt, event_id)
          values (:id, :stage, :source, :state, :reason, :at, :topic, :key, :headers, :value,
            :receipt, :event)
          on conflict (id) do update
          set stage = excluded.stage, source = excluded.source, state = excluded.state,
            reason = excluded.reason, at = excluded.at, topic = excluded.topic, key = excluded.key,
            headers = excluded.headers, value = excluded.value, receipt = excluded.receipt,
            event_id = excluded.event_id, recorded_at = now()
          where set_aside.state = 'resent'
          """);

  // a producer's header may hold characters that PostgreSQL rejects
  private static final Pattern EVENT_ID = Pattern.compile("[^\\p{Cntrl}\ufffd]{1,512}");
  private static final Pattern RECEIPT = Pattern.compile("[\\w.:-]{1,100}");

  private DiscardedMessageRepository() {}

  static void write(Connection connection, List<DiscardedMessage> messages) throws SQLException {
    Map<String, DiscardedMessage> distinct = new LinkedHashMap<>();
    messages.forEach(message -> distinct.putIfAbsent(message.id(), message));
    INSERT.batch(connection, distinct.values(), DiscardedMessageRepository::bind);
  }

  private static void bind(SqlParameters row, DiscardedMessage message) throws SQLException {
    Optional<ConsumerRecord<byte[], byte[]>> stored =
        message.original().filter(original -> message.state() == MessageState.DEAD);
    row.set("id", message.id())
        .set("stage", message.stage())
        .set("source", message.source())
        .set("state", message.state().text())
        .set("reason", message.reason())
        .set("at", message.at().atOffset(ZoneOffset.UTC))
        .set("topic", stored.map(ConsumerRecord::topic).orElse(null))
        .set("key", stored.map(ConsumerRecord::key).orElse(null))
        .set("headers", stored.map(it -> HeadersJson.write(it.headers())).orElse(null))
        .set("value", stored.map(ConsumerRecord::value).orElse(null))
        .set("receipt", header(message, "ce_receipt", RECEIPT))
        .set("event", header(message, "ce_id", EVENT_ID));
  }

  /** A header by which operators find the message; null where it is missing or malformed. */
  private static String header(DiscardedMessage message, String name, Pattern form) {
    return message
        .original()
        .map(original -> original.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .filter(text -> form.matcher(text).matches())
        .orElse(null);
  }
}
