package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventWriter;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.identity.EventIds;

/** Previews a message: its events, and the requests to each destination. */
final class Preview {

  private static final String NOTE =
      "Nothing was sent or stored. The vendors' responses are those of routes/samples/answers/."
          + " Duplicates and echoes were not checked.";

  private final DryRun dryRun;
  private final RouteGraph routes;
  private final RelayConfig config;
  private final TestMessages messages;
  private final UnaryOperator<Event> known;

  /**
   * @param known adds the known ids of its record to an event
   */
  Preview(DryRun dryRun, RouteGraph routes, RelayConfig config, UnaryOperator<Event> known) {
    this(dryRun, routes, config, known, Clock.systemUTC());
  }

  /**
   * @param clock the time of messages that do not state one
   */
  Preview(
      DryRun dryRun,
      RouteGraph routes,
      RelayConfig config,
      UnaryOperator<Event> known,
      Clock clock) {
    this.dryRun = dryRun;
    this.routes = routes;
    this.config = config;
    this.messages = TestMessages.withoutSamples(clock);
    this.known = known;
  }

  /**
   * Previews a message as JSON.
   *
   * @param message as preview-message.schema.json has it
   * @throws SpecException if the message does not match the schema; the exception says what is
   *     expected
   * @throws Exception if the routes cannot be started
   */
  ObjectNode of(JsonNode message) throws Exception {
    ValidatedYaml.check("preview-message", message);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("note", NOTE);
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    try {
      Deque<Event> next = new ArrayDeque<>(events(message, json));
      while (!next.isEmpty()) {
        events.add(json(next.remove(), message, next));
      }
    } catch (InvalidMessageException e) {
      json.put("outcome", StageOutcome.DEAD.text()).put("reason", e.getMessage());
    }
    json.set("events", events);
    return json;
  }

  private List<Event> events(JsonNode message, ObjectNode json) throws Exception {
    if (message.has("event")) {
      return List.of(messages.event(message.get("event")));
    }
    if (message.has("message")) {
      return ofMessage(messages.message(message.get("message")), json);
    }
    JsonNode webhook = message.get("webhook");
    Set<String> sources = new TreeSet<>(config.sources().keySet());
    if (!sources.contains(webhook.path("source").asText())) {
      throw new SpecException(List.of("webhook.source must be one of " + sources));
    }
    StageResult stage = dryRun.translate(messages.webhook(webhook));
    addOutcome(stage, json);
    return stage.events();
  }

  private List<Event> ofMessage(TopicMessage message, ObjectNode json) throws Exception {
    List<String> readers = routes.readersOf(message.topic());
    if (readers.isEmpty()) {
      throw new SpecException(List.of("no route begins at topic:" + message.topic()));
    }
    List<Event> events = new ArrayList<>();
    for (String route : readers) {
      StageResult stage = dryRun.consume(route, message);
      addOutcome(stage, json);
      events.addAll(stage.events());
    }
    return events;
  }

  private static void addOutcome(StageResult stage, ObjectNode json) {
    json.put("outcome", stage.outcome().text());
    if (stage.reason() != null) {
      json.put("reason", stage.reason());
    }
  }

  /**
   * The event with the ids of its record.
   *
   * @param ledger the ids that the database knows
   * @param message as a preview takes it; its {@code knownIds} override the others
   */
  static Event withKnownIds(Event event, Map<String, String> ledger, JsonNode message) {
    Map<String, String> ids = new LinkedHashMap<>(EventIds.of(event));
    ids.putAll(ledger);
    ids.putAll(StubResponse.texts(message.path("knownIds")));
    return EventIds.addKnownIds(event, ids);
  }

  /**
   * @param next receives the events that are derived from {@code event}
   */
  private ObjectNode json(Event event, JsonNode message, Deque<Event> next) throws Exception {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("event", EventJson.parse(EventWriter.toEnvelope(event)));
    ArrayNode notes = json.putArray("notes");
    event.notes().forEach(notes::add);
    StageResult fannedOut = dryRun.fanOut(event);
    if (fannedOut.outcome() == StageOutcome.DEAD) {
      json.put("outcome", fannedOut.outcome().text()).put("reason", fannedOut.reason());
    }
    next.addAll(fannedOut.events());
    Event completed = known.apply(event);
    ArrayNode deliveries = json.putArray("deliveries");
    for (String destination : fannedOut.destinations()) {
      boolean approved = message.path("approved").asBoolean();
      StageResult stage = dryRun.deliver(destination, completed, approved);
      deliveries.add(PreviewedDelivery.json(destination, stage));
    }
    ObjectNode others = json.putObject("notHeardBy");
    for (String destination : new TreeSet<>(config.destinations().keySet())) {
      if (!fannedOut.destinations().contains(destination)) {
        others.put(
            destination,
            destination.equals(event.source())
                ? "the event comes from there"
                : "the route fan-out does not name it");
      }
    }
    return json;
  }
}
