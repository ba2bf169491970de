package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;

/**
 * Previews events and dead messages of the database with the routes in force; nothing is sent or
 * stored.
 */
@Singleton
public class StoredMessagePreview {

  private final RecentMessages messages;
  private final PreviewResource previews;

  StoredMessagePreview(RecentMessages messages, PreviewResource previews) {
    this.messages = messages;
    this.previews = previews;
  }

  /**
   * Previews the delivery of an event to one destination.
   *
   * @param approved whether the preview treats a held delivery as approved
   * @return the delivery as {@code POST /api/preview} returns it; empty where the routes do not
   *     select the destination, or the database does not have the event
   */
  public Optional<JsonNode> delivery(String source, String id, String destination, boolean approved)
      throws SQLException {
    Optional<RecentMessages.Item> event = messages.event(source, id);
    if (event.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode message = event.get().message().deepCopy();
    message.put("approved", approved);
    for (JsonNode delivery : preview(message).path("events").path(0).path("deliveries")) {
      if (delivery.path("destination").asText().equals(destination)) {
        return Optional.of(delivery);
      }
    }
    return Optional.empty();
  }

  /**
   * Previews a dead message.
   *
   * @return the message as {@code POST /api/preview} returns it
   */
  public JsonNode message(ConsumerRecord<byte[], byte[]> record) {
    try {
      return preview(messages.message(record));
    } catch (InvalidMessageException e) {
      ObjectNode dead = JsonNodeFactory.instance.objectNode();
      dead.put("outcome", StageOutcome.DEAD.text()).put("reason", e.getMessage());
      return dead;
    }
  }

  private JsonNode preview(JsonNode message) {
    byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
    return EventJson.parse(previews.preview(body).getBytes(StandardCharsets.UTF_8));
  }
}
