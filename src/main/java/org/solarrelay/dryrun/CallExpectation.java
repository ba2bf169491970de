package org.solarrelay.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls that a spec expects, in their order, and no others. */
final class CallExpectation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallExpectation() {}

  /** One line per difference; none where the calls are as expected. */
  static List<String> differences(JsonNode expected, List<OutgoingRequest> calls) {
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (JsonNode wanted : expected) {
      int found = next;
      while (found < calls.size() && !isAbout(wanted, calls.get(found))) {
        found++;
      }
      if (found == calls.size()) {
        lines.add("missing call: " + line(wanted));
      } else {
        calls.subList(next, found).forEach(call -> lines.add(unexpected(call)));
        lines.addAll(differences(wanted, calls.get(found)));
        next = found + 1;
      }
    }
    calls.subList(next, calls.size()).forEach(call -> lines.add(unexpected(call)));
    return lines;
  }

  /** Whether it is that call, be it as expected or not. */
  private static boolean isAbout(JsonNode wanted, OutgoingRequest call) {
    return wanted.path("method").asText().equals(call.method())
        && new PathPattern(wanted.path("path").asText()).fits(call.path())
        && sameAction(wanted, call);
  }

  /** Solar Proof tells its operations apart by one parameter. */
  private static boolean sameAction(JsonNode wanted, OutgoingRequest call) {
    JsonNode action = wanted.path("query").path("action");
    return action.isMissingNode() || action.asText().equals(call.query().get("action"));
  }

  private static List<String> differences(JsonNode wanted, OutgoingRequest call) {
    List<String> lines = new ArrayList<>();
    lines.addAll(texts(call.line() + ": query", wanted.path("query"), call.query()));
    lines.addAll(texts(call.line() + ": header", wanted.path("headers"), call.headers()));
    if (wanted.has("to") && !wanted.path("to").asText().equals(call.origin())) {
      lines.add("%s: to %s, was to %s".formatted(call.line(), wanted.path("to"), call.origin()));
    }
    if (wanted.has("body")) {
      lines.addAll(JsonDiff.lines(call.line() + ": body", wanted.get("body"), body(call)));
    }
    return lines;
  }

  private static List<String> texts(String path, JsonNode wanted, Map<String, String> actual) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    wanted
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

  /** As JSON where it is JSON, as an object where it is a form, else as text. */
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

  private static String line(JsonNode wanted) {
    JsonNode action = wanted.path("query").path("action");
    String more = action.isMissingNode() ? "" : "?action=" + action.asText();
    return wanted.path("method").asText() + " " + wanted.path("path").asText() + more;
  }

  private static String unexpected(OutgoingRequest call) {
    String query =
        call.query().containsKey("action") ? "?action=" + call.query().get("action") : "";
    return "call too many: "
        + call.line()
        + query
        + (call.body().isEmpty() ? "" : " " + call.body());
  }
}
