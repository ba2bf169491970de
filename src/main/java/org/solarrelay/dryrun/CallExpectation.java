package org.solarrelay.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the calls that a spec expects with those made: the same calls, in the same order. */
final class CallExpectation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallExpectation() {}

  /** One line per difference; none where the calls are as expected. */
  static List<String> differences(JsonNode expected, List<OutgoingRequest> calls) {
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (JsonNode expectedCall : expected) {
      int match = next;
      while (match < calls.size() && !isSameCall(expectedCall, calls.get(match))) {
        match++;
      }
      if (match == calls.size()) {
        lines.add("missing call: " + line(expectedCall));
      } else {
        calls.subList(next, match).forEach(call -> lines.add(unexpected(call)));
        lines.addAll(differences(expectedCall, calls.get(match)));
        next = match + 1;
      }
    }
    calls.subList(next, calls.size()).forEach(call -> lines.add(unexpected(call)));
    return lines;
  }

  /** Whether method, path and action are the same; query, headers and body may differ. */
  private static boolean isSameCall(JsonNode expectedCall, OutgoingRequest call) {
    return expectedCall.path("method").asText().equals(call.method())
        && new PathPattern(expectedCall.path("path").asText()).matches(call.path())
        && sameAction(expectedCall, call);
  }

  /** Compares the parameter {@code action}, which names the operation (Solar Proof API). */
  private static boolean sameAction(JsonNode expectedCall, OutgoingRequest call) {
    JsonNode action = expectedCall.path("query").path("action");
    return action.isMissingNode() || action.asText().equals(call.query().get("action"));
  }

  private static List<String> differences(JsonNode expectedCall, OutgoingRequest call) {
    List<String> lines = new ArrayList<>();
    lines.addAll(texts(call.line() + ": query", expectedCall.path("query"), call.query()));
    lines.addAll(texts(call.line() + ": header", expectedCall.path("headers"), call.headers()));
    if (expectedCall.has("to") && !expectedCall.path("to").asText().equals(call.origin())) {
      lines.add(
          "%s: to %s, was to %s".formatted(call.line(), expectedCall.path("to"), call.origin()));
    }
    if (expectedCall.has("body")) {
      lines.addAll(JsonDiff.lines(call.line() + ": body", expectedCall.get("body"), body(call)));
    }
    return lines;
  }

  private static List<String> texts(
      String path, JsonNode expectedCall, Map<String, String> actual) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    expectedCall
        .properties()
        .forEach(
            it ->
                expected.set(
                    it.getKey(),
                    it.getValue().isNumber() || it.getValue().isBoolean()
                        ? JsonNodeFactory.instance.textNode(it.getValue().asText())
                        : it.getValue()));
    return JsonDiff.lines(path, expected, JSON.valueToTree(actual));
  }

  /** The body of a call: JSON, the fields of a form as an object, or a text. */
  static JsonNode body(OutgoingRequest call) {
    if (call.body().isEmpty()) {
      return JsonNodeFactory.instance.missingNode();
    }
    if (call.headers().getOrDefault("content-type", "").contains("x-www-form-urlencoded")) {
      return JSON.valueToTree(OutgoingRequest.parameters(call.body()));
    }
    try {
      return JSON.readTree(call.body());
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(call.body());
    }
  }

  private static String line(JsonNode expectedCall) {
    JsonNode action = expectedCall.path("query").path("action");
    String more = action.isMissingNode() ? "" : "?action=" + action.asText();
    return expectedCall.path("method").asText() + " " + expectedCall.path("path").asText() + more;
  }

  private static String unexpected(OutgoingRequest call) {
    String query =
        call.query().containsKey("action") ? "?action=" + call.query().get("action") : "";
    return "unexpected call: "
        + call.line()
        + query
        + (call.body().isEmpty() ? "" : " " + call.body());
  }
}
