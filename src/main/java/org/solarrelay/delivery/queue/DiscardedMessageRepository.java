package org.solarrelay.delivery.queue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.database.HeadersJson;

/**
 * Writes messages that became no event. One that is there already stays as it is, unless it was
 * sent again since.
 */
final class DiscardedMessageRepository {

  private static final String INSERT =
      """
      insert into set_aside (id, stage, source, state, reason, at, topic, key, headers, value, receipt,
        event_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update
      set stage = excluded.stage, source = excluded.source, state = excluded.state,
        reason = excluded.reason, at = excluded.at, topic = excluded.topic, key = excluded.key,
        headers = excluded.headers, value = excluded.value, receipt = excluded.receipt,
        event_id = excluded.event_id, recorded_at = now()
      where set_aside.state = 'resent'
      """;

  // a stranger's header may hold what the ledger cannot
  private static final Pattern EVENT_ID = Pattern.compile("[^\\p{Cntrl}\ufffd]{1,512}");
  private static final Pattern RECEIPT = Pattern.compile("[\\w.:-]{1,100}");

  private DiscardedMessageRepository() {}

  static void write(Connection connection, List<DiscardedMessage> messages) throws SQLException {
    Map<String, DiscardedMessage> distinct = new LinkedHashMap<>();
    messages.forEach(message -> distinct.putIfAbsent(message.id(), message));
    try (PreparedStatement row = connection.prepareStatement(INSERT)) {
      for (DiscardedMessage message : distinct.values()) {
        row.setString(1, message.id());
        row.setString(2, message.stage());
        row.setString(3, message.source());
        row.setString(4, message.state().text());
        row.setString(5, message.reason());
        row.setTimestamp(6, Timestamp.from(message.at()));
        bindOriginal(row, message.state() == MessageState.DEAD ? message.original() : null);
        row.setString(11, header(message, "ce_receipt", RECEIPT));
        row.setString(12, header(message, "ce_id", EVENT_ID));
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  /**
   * What the message is known by besides its own id: as event, and by the webhook it is made of.
   */
  private static String header(DiscardedMessage message, String name, Pattern form) {
    Header header =
        message.original() == null ? null : message.original().headers().lastHeader(name);
    String text =
        header == null || header.value() == null
            ? ""
            : new String(header.value(), StandardCharsets.UTF_8);
    return form.matcher(text).matches() ? text : null;
  }

  private static void bindOriginal(PreparedStatement row, ConsumerRecord<byte[], byte[]> original)
      throws SQLException {
    row.setString(7, original == null ? null : original.topic());
    row.setBytes(8, original == null ? null : original.key());
    row.setString(9, original == null ? null : HeadersJson.write(original.headers()));
    row.setBytes(10, original == null ? null : original.value());
  }
}
