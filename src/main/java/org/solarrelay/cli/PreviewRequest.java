package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Builds the body of {@code POST /api/preview} from a file.
 *
 * @param as the webhook's source; null to derive it from the file name
 * @param topic the topic; null for a webhook
 * @param key the record's key; may be null
 * @param known known ids of the message's record
 * @param approved whether the preview treats held deliveries as approved
 */
record PreviewRequest(
    String as, String topic, String key, Map<String, String> known, boolean approved) {

  /** The body of {@code POST /api/preview}. */
  JsonNode message(String file, OutgoingMessage input) {
    if (!input.json().isObject()) {
      throw CommandException.cannotRun(file + " is no JSON object");
    }
    ObjectNode message = isMessage(input.json()) ? input.json().deepCopy() : wrap(file, input);
    known.forEach((name, id) -> message.withObjectProperty("knownIds").put(name, id));
    if (approved) {
      message.put("approved", true);
    }
    return message;
  }

  /**
   * Whether the JSON is already the body of a request. Enerflo's webhooks also have {@code event},
   * but as text.
   */
  private boolean isMessage(JsonNode json) {
    return as == null
        && topic == null
        && Stream.of("webhook", "event", "message").anyMatch(kind -> json.path(kind).isObject());
  }

  /** A message for a route from {@code topic:}. */
  private ObjectNode topicMessage(ObjectNode message, OutgoingMessage input) {
    ObjectNode onTopic = message.putObject("message").put("topic", topic);
    if (key != null) {
      onTopic.put("key", key);
    }
    onTopic.set("body", input.json());
    return message;
  }

  private ObjectNode wrap(String file, OutgoingMessage input) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    if (topic != null && !KnownTopics.carriesEvents(topic)) {
      return topicMessage(message, input);
    }
    if (topic != null && !input.isCloudEvent()) {
      ObjectNode event = message.putObject("event").put("topic", topic);
      event.set("data", input.json());
      if (key != null) {
        event.put("key", key);
      }
      return message;
    }
    if (input.isCloudEvent() && as == null && !WebhookTarget.isSampleName(file)) {
      return message.set("event", input.json());
    }
    WebhookTarget target = as == null ? WebhookTarget.ofFile(file) : WebhookTarget.of(as);
    ObjectNode webhook = message.putObject("webhook").put("source", target.source());
    if (target.event() != null) {
      webhook.put("event", target.event());
    }
    webhook.putObject("headers").put("content-type", input.contentType());
    webhook.set("body", input.json());
    return message;
  }
}
