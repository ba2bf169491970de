package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.solarrelay.event.EventTypeConverters;
import org.solarrelay.event.Webhook;

/** Creates the input that jq gets in a route, from a file or from a message of a running relay. */
final class JqInput {

  private static final String RECEIPT = "00000000-0000-4000-8000-000000000000";
  private static final String TRANSLATE = "translate-";
  private static final int MAX_MESSAGES = 200;

  private static final List<String> EVENT_FIELDS =
      List.of("id", "type", "source", "subject", "time", "data");

  private JqInput() {}

  /**
   * Reads a CloudEvent as the relay's event, a file named like a sample as a webhook, and any other
   * file as JSON.
   */
  static JsonNode ofFile(String file) {
    OutgoingMessage message = OutgoingMessage.read(file);
    if (message.json().isMissingNode()) {
      throw CommandException.cannotRun(file + " is no JSON");
    }
    if (message.isCloudEvent()) {
      return event(message.json());
    }
    if (!WebhookTarget.isSampleName(file)) {
      return message.json();
    }
    WebhookTarget target = WebhookTarget.ofFile(file);
    return EventTypeConverters.toJson(
        Webhook.builder()
            .source(target.source())
            .event(target.event())
            .receipt(RECEIPT)
            .receivedAt(OffsetDateTime.now(ZoneOffset.UTC))
            .headers(Map.of("content-type", message.contentType()))
            .body(message.json())
            .build());
  }

  /**
   * The event with the id, or the first event of a receipt or record position.
   *
   * @throws CommandException if there is none
   */
  static JsonNode ofEvent(RelayApi relay, String id) {
    return relay
        .find(OutcomePoller.path(id))
        .map(history -> history.path("events").path(0))
        .filter(JsonNode::isObject)
        .map(JqInput::event)
        .orElseThrow(
            () ->
                CommandException.rejected(
                    "There is no event of %s. --webhook uses the webhook with that receipt."
                        .formatted(id)));
  }

  /**
   * The webhook with the receipt, if it is one of the latest 200 of its source.
   *
   * @throws CommandException if none of them has the receipt
   */
  static JsonNode ofWebhook(RelayApi relay, String receipt) {
    return relay
        .get("/api/routes")
        .path("routes")
        .valueStream()
        .map(route -> route.path("id").asText())
        .filter(route -> route.startsWith(TRANSLATE))
        .flatMap(route -> latest(relay, route, receipt).stream())
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.rejected(
                    "There is no webhook with the receipt %s among the latest %d of its source"
                        .formatted(receipt, MAX_MESSAGES)));
  }

  private static Optional<JsonNode> latest(RelayApi relay, String route, String receipt) {
    String query = RelayUrls.query(Map.of("route", route, "limit", MAX_MESSAGES));
    return relay
        .get("/api/preview/messages" + query)
        .path("items")
        .valueStream()
        .filter(item -> receipt.equals(item.path("id").asText()))
        .findFirst()
        .map(item -> webhook(item, receipt));
  }

  private static JsonNode webhook(JsonNode item, String receipt) {
    JsonNode webhook = item.path("message").path("webhook");
    Map<String, String> headers = new HashMap<>();
    webhook
        .path("headers")
        .properties()
        .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
    return EventTypeConverters.toJson(
        Webhook.builder()
            .source(webhook.path("source").asText())
            .event(webhook.path("event").textValue())
            .receipt(receipt)
            .receivedAt(OffsetDateTime.parse(item.path("at").asText()))
            .headers(headers)
            .body(webhook.path("body"))
            .build());
  }

  private static ObjectNode event(JsonNode json) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    EVENT_FIELDS.forEach(field -> event.set(field, json.get(field)));
    return event;
  }
}
