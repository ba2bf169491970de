package org.solarrelay.delivery.api;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.Sql;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.topic.InboxPosition;
import org.solarrelay.topic.client.ReceiptSearch;
import org.solarrelay.topic.client.Topics;

/** Reads from {@code solar.inbox} the unchanged webhook from which an event was made. */
@Singleton
public class InboxWebhookReader {

  private static final Sql HEADERS =
      Sql.of(
          """
          select headers from event where id = :id
          union all
          select headers from event where receipt = :id
          union all
          select e.headers from delivery d join event e on e.source = d.source and e.id = d.event_id
          where d.id = case when :id ~ '^\\d{1,18}$' then cast(:id as bigint) end
          limit 1
          """);

  private final DataSource database;
  private final ReceiptSearch search;

  InboxWebhookReader(DataSource database, ReceiptSearch search) {
    this.database = database;
    this.search = search;
  }

  /**
   * Returns the webhook's record.
   *
   * @param id an event's id, a receipt or a delivery's number
   * @return empty where a producer sent the event, or the topic does not keep the webhook any more
   * @throws ReceiptSearch.UnfinishedException where Kafka does not respond
   */
  public Optional<ConsumerRecord<byte[], byte[]>> find(String id)
      throws SQLException, ReceiptSearch.UnfinishedException {
    Optional<InboxPosition> position;
    try (Connection connection = database.getConnection()) {
      position =
          HEADERS
              .first(
                  connection,
                  parameters -> parameters.set("id", id),
                  row -> HeadersJson.read(row.getString("headers")))
              .flatMap(InboxPosition::of);
    }
    return position.isEmpty()
        ? Optional.empty()
        : search.recordAt(
            RecordPosition.of(Topics.INBOX, position.get().partition(), position.get().offset()));
  }
}
