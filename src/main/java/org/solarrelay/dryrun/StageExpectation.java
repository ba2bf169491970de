package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventWriter;
import org.solarrelay.intake.WebhookResponse;

/** Compares the result of a stage with what a spec expects. */
final class StageExpectation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StageExpectation() {}

  /** One line per difference. */
  static List<String> differences(String route, JsonNode expect, StageResult stage) {
    return differences(defaultOutcome(route), route.startsWith("translate-"), expect, stage);
  }

  /** One line per difference, for a route that makes events of a topic's messages. */
  static List<String> ofMessage(JsonNode expect, StageResult stage) {
    return differences(StageOutcome.TRANSLATED, true, expect, stage);
  }

  /**
   * @param makesEvents whether an event that is not expected is a difference
   */
  private static List<String> differences(
      StageOutcome defaultOutcome, boolean makesEvents, JsonNode expect, StageResult stage) {
    List<String> lines = new ArrayList<>();
    lines.addAll(ofOutcome(defaultOutcome, expect, stage));
    if (makesEvents || expect.has("events")) {
      lines.addAll(ofEventList(expect.path("events"), stage.events()));
    }
    if (expect.has("heardBy")) {
      lines.addAll(
          compareNames("heardBy", texts(expect.get("heardBy")), Set.copyOf(stage.destinations())));
    }
    lines.addAll(CallExpectation.differences(expect.path("calls"), stage.calls()));
    stage.unanswered().forEach(call -> lines.add(missingStub(call)));
    if (expect.has("status")) {
      JsonNode status =
          stage.body() instanceof WebhookResponse answer
              ? JSON.valueToTree(answer.status())
              : JsonNodeFactory.instance.nullNode();
      lines.addAll(JsonDiff.lines("status", expect.get("status"), status));
    }
    if (expect.has("location")) {
      JsonNode location = JSON.valueToTree(String.valueOf(stage.body()));
      lines.addAll(JsonDiff.lines("location", expect.get("location"), location));
    }
    if (expect.has("vendorId")) {
      JsonNode id = JSON.valueToTree(stage.vendorId());
      lines.addAll(JsonDiff.lines("vendorId", expect.get("vendorId"), id));
    }
    if (expect.has("learnt")) {
      JsonNode learnt = JSON.valueToTree(stage.learnedIds());
      lines.addAll(JsonDiff.lines("learnt", expect.get("learnt"), learnt));
    }
    return lines;
  }

  /** One line per difference in the events of the pipeline's first stage. */
  static List<String> ofEvents(JsonNode expect, StageResult stage) {
    List<String> lines = new ArrayList<>(ofOutcome(StageOutcome.TRANSLATED, expect, stage));
    if (expect.has("events")) {
      lines.addAll(ofEventList(expect.get("events"), stage.events()));
    }
    return lines;
  }

  /** One line per difference in the destinations of the second stage. */
  static List<String> ofDestinations(JsonNode expect, StageResult stage) {
    Set<String> expected = new TreeSet<>();
    expect.path("destinations").fieldNames().forEachRemaining(expected::add);
    return compareNames("destinations", expected, Set.copyOf(stage.destinations()));
  }

  private static StageOutcome defaultOutcome(String route) {
    return switch (route.split("-")[0]) {
      case "translate" -> StageOutcome.TRANSLATED;
      case "fan" -> StageOutcome.FANNED_OUT;
      case "deliver" -> StageOutcome.DELIVERED;
      default -> StageOutcome.DONE;
    };
  }

  private static List<String> ofOutcome(StageOutcome usual, JsonNode expect, StageResult stage) {
    String expected = expect.path("outcome").asText(usual.text());
    boolean done = usual == StageOutcome.DONE && stage.outcome() == StageOutcome.DELIVERED;
    String actual = done ? usual.text() : stage.outcome().text();
    String because = stage.reason() == null ? "" : ": " + stage.reason();
    if (!expected.equals(actual)) {
      return List.of("outcome: expected %s, was %s%s".formatted(expected, actual, because));
    }
    String reason = expect.path("reason").asText("");
    return String.valueOf(stage.reason()).contains(reason) || reason.isEmpty()
        ? List.of()
        : List.of("reason: expected \"%s\" in it, was \"%s\"".formatted(reason, stage.reason()));
  }

  private static List<String> ofEventList(JsonNode expected, List<Event> events) {
    ArrayNode actual = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> actual.add(EventJson.parse(EventWriter.toEnvelope(event))));
    ArrayNode wanted =
        expected instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
    if (wanted.size() != actual.size()) {
      List<String> types = events.stream().map(Event::type).toList();
      return List.of(
          "events: expected %d, were %d %s".formatted(wanted.size(), actual.size(), types));
    }
    return JsonDiff.lines("events", wanted, actual);
  }

  private static List<String> compareNames(String of, Set<String> expected, Set<String> actual) {
    return expected.equals(actual)
        ? List.of()
        : List.of("%s: expected %s, was %s".formatted(of, expected, new TreeSet<>(actual)));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String missingStub(OutgoingRequest call) {
    return "no stub for %s: add one to answers:, or to routes/samples/answers/"
        .formatted(call.line());
  }
}
