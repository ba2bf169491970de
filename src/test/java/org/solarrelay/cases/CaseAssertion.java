package org.solarrelay.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Evaluates what a case expects, such as {@code {"request": {"destination": "enerflo", "pointer":
 * "/lead/email", "equals": "ada@example.com"}}}.
 */
final class CaseAssertion {

  private final List<CaseOutcome> outcomes;
  private final String suffix;

  CaseAssertion(List<CaseOutcome> outcomes, String suffix) {
    this.outcomes = outcomes;
    this.suffix = suffix;
  }

  boolean holds(JsonNode assertion) {
    Map.Entry<String, JsonNode> only = assertion.properties().iterator().next();
    JsonNode wanted = only.getValue();
    return switch (only.getKey()) {
      case "anyOf" -> stream(wanted).anyMatch(all -> stream(all).allMatch(this::holds));
      case "http" -> stream(wanted.path("status")).anyMatch(s -> s.intValue() == of(wanted).http());
      case "dead" -> of(wanted).state().equals("dead") && found(wanted, of(wanted).reason());
      case "skipped" -> of(wanted).state().equals("skipped") && found(wanted, of(wanted).reason());
      case "delivery" -> delivery(wanted);
      case "request" -> request(wanted);
      case "data" -> event(wanted).isObject() && fits(data(wanted), wanted);
      case "isEvent" -> of(wanted).state().equals("events");
      case "subject" -> event(wanted).path("subject").equals(wanted.path("equals"));
      case "event" -> isEvent(wanted);
      case "note" -> stream(event(wanted).path("notes")).anyMatch(note -> fits(note, wanted));
      case "sameVendorId" -> sameVendorId(wanted);
      default -> throw new IllegalArgumentException("unknown assertion " + only.getKey());
    };
  }

  private boolean delivery(JsonNode wanted) {
    CaseOutcome.Delivery found = of(wanted).deliveries().get(wanted.path("destination").asText());
    return found != null
        && found.state().equals(wanted.path("state").asText())
        && (!wanted.hasNonNull("reason") || found(wanted, found.reason()));
  }

  /** An absent field is absent of all requests; any other is in at least one. */
  private boolean request(JsonNode wanted) {
    boolean ofQuery = wanted.path("pointer").asText().startsWith("/query");
    String destination = wanted.path("destination").asText();
    List<JsonNode> requests =
        of(wanted).requests().getOrDefault(destination, List.of()).stream()
            .filter(request -> ofQuery || request.size() > 1)
            .toList();
    if (requests.isEmpty()) {
      return false;
    }
    Stream<JsonNode> values = requests.stream().map(one -> at(one, wanted));
    return wanted.path("absent").asBoolean()
        ? values.allMatch(value -> fits(value, wanted))
        : values.anyMatch(value -> fits(value, wanted));
  }

  private boolean isEvent(JsonNode wanted) {
    JsonNode event = event(wanted);
    return event.path("type").equals(wanted.path("type"))
        && event.path("source").equals(wanted.path("source"))
        && event.path("id").asText().equals(wanted.path("id").asText() + "-" + suffix);
  }

  private boolean sameVendorId(JsonNode wanted) {
    String destination = wanted.path("destination").asText();
    List<String> ids =
        stream(wanted.path("sends"))
            .map(send -> outcomes.get(send.intValue()).deliveries().get(destination))
            .map(delivery -> delivery == null ? "" : delivery.vendorId())
            .toList();
    boolean same = Set.copyOf(ids).size() == 1;
    return ids.stream().noneMatch(String::isEmpty) && same == wanted.path("same").asBoolean();
  }

  private JsonNode event(JsonNode wanted) {
    List<JsonNode> events = of(wanted).events();
    return events.isEmpty() ? MissingNode.getInstance() : events.get(0);
  }

  private JsonNode data(JsonNode wanted) {
    return at(event(wanted).path("data"), wanted);
  }

  /** The outcome of the send that the assertion is about; the last one where it names none. */
  private CaseOutcome of(JsonNode wanted) {
    int send = wanted.path("send").asInt(-1);
    return outcomes.get(send < 0 ? outcomes.size() - 1 : send);
  }

  private static JsonNode at(JsonNode node, JsonNode wanted) {
    return node.at(wanted.path("pointer").asText());
  }

  private static boolean fits(JsonNode value, JsonNode wanted) {
    boolean absent = value.isMissingNode() || value.isNull();
    if (wanted.path("absent").asBoolean()) {
      return absent;
    }
    return wanted.has("equals")
        ? value.equals(wanted.path("equals"))
        : !absent
            && Pattern.compile(wanted.path("matches").asText()).matcher(value.asText()).find();
  }

  private static boolean found(JsonNode wanted, String reason) {
    return Pattern.compile(wanted.path("reason").asText()).matcher(reason).find();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
