package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.solarrelay.event.EventJson;

/** Previews an event of the database with the routes in force; nothing is sent or stored. */
@Singleton
public class EventPreview {

  private final RecentMessages messages;
  private final PreviewResource previews;

  EventPreview(RecentMessages messages, PreviewResource previews) {
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
    JsonNode preview =
        EventJson.parse(
            previews
                .preview(message.toString().getBytes(StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    for (JsonNode delivery : preview.path("events").path(0).path("deliveries")) {
      if (delivery.path("destination").asText().equals(destination)) {
        return Optional.of(delivery);
      }
    }
    return Optional.empty();
  }
}
