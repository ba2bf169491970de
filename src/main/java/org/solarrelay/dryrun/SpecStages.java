package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.event.Webhook;
import org.solarrelay.identity.EventIds;
import org.solarrelay.vendor.enerflo.lead.EnerfloHandOff;
import org.solarrelay.vendor.solarproof.SolarProofHook;

/** Runs a spec's message through the stages. */
final class SpecStages {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body of a timer's message. */
  private static final Object NO_BODY = null;

  private final Spec spec;
  private final DryRun dryRun;
  private final TestMessages messages;
  private final RouteGraph routes;

  SpecStages(Spec spec, DryRun dryRun, TestMessages messages, RouteGraph routes) {
    this.spec = spec;
    this.dryRun = dryRun;
    this.messages = messages;
    this.routes = routes;
  }

  /** Runs the stage of the spec's route. */
  StageResult runRoute() throws Exception {
    String route = spec.route();
    if (!routes.serves(route)) {
      throw new IllegalArgumentException(
          "there is no route %s: delete the spec, or name its route by \"route:\""
              .formatted(route));
    }
    if (!routes.topicsOf(route).isEmpty()) {
      return dryRun.consume(route, message(route));
    }
    if (route.startsWith("translate-")) {
      Webhook webhook = messages.webhook(given("webhook"));
      if (!route.equals("translate-" + webhook.source())) {
        throw new IllegalArgumentException(
            "the webhook's source is %s, the spec is of %s".formatted(webhook.source(), route));
      }
      return dryRun.translate(webhook);
    }
    if (spec.given().has("handOff")) {
      return callRoute(JSON.convertValue(given("handOff"), EnerfloHandOff.class));
    }
    if (spec.given().has("subscription")) {
      return callRoute(JSON.convertValue(given("subscription"), SolarProofHook.class));
    }
    if (spec.given().has("request")) {
      return callRoute(messages.request(given("request")));
    }
    if (spec.given().has("page")) {
      return callRoute(JSON.convertValue(given("page"), DryRunReconciliation.DuePage.class));
    }
    if (spec.given().has("poll")) {
      return callRoute(NO_BODY);
    }
    try {
      Event event = messages.event(given("event"));
      return ofEvent(route, event);
    } catch (InvalidMessageException e) {
      return dead(e);
    }
  }

  /** The spec's message, on a topic that the route reads. */
  private TopicMessage message(String route) {
    List<String> topics = routes.topicsOf(route);
    JsonNode message = given("message");
    String topic = message.path("topic").asText(topics.get(0));
    if (!topics.contains(topic)) {
      throw new IllegalArgumentException(
          "the message is on topic %s, and the route %s reads %s"
              .formatted(topic, route, String.join(", ", topics)));
    }
    ObjectNode onTopic = message.deepCopy();
    return messages.message(onTopic.put("topic", topic));
  }

  private StageResult ofEvent(String route, Event event) throws Exception {
    if (route.equals("fan-out")) {
      return fanOut(event);
    }
    return route.startsWith("deliver-")
        ? deliver(destination(), event)
        : callRoute(withKnownIds(event));
  }

  /** The spec's event, or the events of the spec's webhook. */
  StageResult events() throws Exception {
    if (spec.given().has("webhook")) {
      return dryRun.translate(messages.webhook(given("webhook")));
    }
    try {
      return StageResult.withoutRoute(StageOutcome.TRANSLATED)
          .events(List.of(messages.event(given("event"))))
          .build();
    } catch (InvalidMessageException e) {
      return dead(e);
    }
  }

  StageResult fanOut(Event event) throws Exception {
    return dryRun.fanOut(event);
  }

  StageResult deliver(String destination, Event event) throws Exception {
    return dryRun.deliver(destination, withKnownIds(event), spec.approved());
  }

  /** The event with its own ids and those of {@code knownIds}, as the identity adds them. */
  private Event withKnownIds(Event event) {
    Map<String, String> ids = new LinkedHashMap<>(EventIds.of(event));
    ids.putAll(spec.knownIds());
    ids.values().removeIf(String::isBlank);
    return EventIds.addKnownIds(event, ids);
  }

  /** The system in the route's name: {@code enerflo} of {@code deliver-enerflo-leads}. */
  private String destination() {
    return spec.route().split("-")[1];
  }

  private StageResult callRoute(Object body) throws Exception {
    String route = spec.route();
    return dryRun.callRoute(route, system(route), body, Map.of("approved", spec.approved()));
  }

  /**
   * The system in the name of another route, such as {@code enerflo} of {@code
   * find-install-enerflo}.
   */
  private static String system(String route) {
    String enriching = "enrich-from-";
    return route.startsWith(enriching)
        ? route.substring(enriching.length()).split("-")[0]
        : route.substring(route.lastIndexOf('-') + 1);
  }

  private JsonNode given(String kind) {
    if (!spec.given().has(kind)) {
      throw new IllegalArgumentException(
          "a spec of %s needs given: %s".formatted(spec.route(), kind));
    }
    return spec.given().get(kind);
  }

  private static StageResult dead(InvalidMessageException e) {
    return StageResult.withoutRoute(StageOutcome.DEAD).reason(e.getMessage()).build();
  }
}
