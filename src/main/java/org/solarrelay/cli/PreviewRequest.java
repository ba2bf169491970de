package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a file is previewed as.
 *
 * @param as whose webhook it is; null where that is not said
 * @param topic null where it is none for a topic
 * @param key of the record
 * @param known ids of the message's record
 * @param approved as if an operator had approved what is held
 */
record PreviewRequest(
    String as, String topic, String key, Map<String, String> known, boolean approved) {

  /** What {@code POST /api/preview} takes. */
  JsonNode message(String file, OutgoingMessage given) {
    if (!given.json().isObject()) {
      throw CommandException.unusable(file + " is no JSON object");
    }
    ObjectNode message = isMessage(given.json()) ? given.json().deepCopy() : wrapped(file, given);
    known.forEach((name, id) -> message.withObjectProperty("knownIds").put(name, id));
    if (approved) {
      message.put("approved", true);
    }
    return message;
  }

  /** Enerflo's webhooks have an event as well, which is a text. */
  private boolean isMessage(JsonNode json) {
    return as == null
        && topic == null
        && Stream.of("webhook", "event", "message").anyMatch(kind -> json.path(kind).isObject());
  }

  /** A message as a route from {@code topic:} reads it. */
  private ObjectNode ofOwnTopic(ObjectNode message, OutgoingMessage given) {
    ObjectNode onTopic = message.putObject("message").put("topic", topic);
    if (key != null) {
      onTopic.put("key", key);
    }
    onTopic.set("body", given.json());
    return message;
  }

  private ObjectNode wrapped(String file, OutgoingMessage given) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    if (topic != null && !KnownTopics.carriesEvents(topic)) {
      return ofOwnTopic(message, given);
    }
    if (topic != null && !given.isCloudEvent()) {
      ObjectNode event = message.putObject("event").put("topic", topic);
      event.set("data", given.json());
      if (key != null) {
        event.put("key", key);
      }
      return message;
    }
    if (given.isCloudEvent() && as == null && !WebhookTarget.isNamed(file)) {
      return message.set("event", given.json());
    }
    WebhookTarget address = as == null ? WebhookTarget.ofFile(file) : WebhookTarget.of(as);
    ObjectNode webhook = message.putObject("webhook").put("source", address.source());
    if (address.event() != null) {
      webhook.put("event", address.event());
    }
    webhook.putObject("headers").put("content-type", given.contentType());
    webhook.set("body", given.json());
    return message;
  }
}
