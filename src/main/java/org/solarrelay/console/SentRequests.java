package org.solarrelay.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.solarrelay.delivery.queue.DeliveryQueries.AttemptRequest;
import org.solarrelay.delivery.queue.DeliveryQueries.DeliveryEntry;

/** What was sent then: the requests of a delivery's last attempt whose requests are stored. */
public final class SentRequests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<AttemptRequest> last;

  SentRequests(DeliveryEntry delivery) {
    this.last =
        delivery.requests().stream()
            .filter(one -> one.calls() != null)
            .max(Comparator.comparing(AttemptRequest::attempt));
  }

  /** The attempt; null where no request is stored. */
  public AttemptRequest getAttempt() {
    return last.orElse(null);
  }

  public List<CallView> getCalls() {
    List<CallView> calls = new ArrayList<>();
    last.ifPresent(attempt -> attempt.calls().forEach(call -> calls.add(CallView.of(call, true))));
    return calls;
  }

  /** The body of the last call that has one, as JSON; missing without one, and where it is cut. */
  JsonNode body() {
    JsonNode body = MissingNode.getInstance();
    if (last.isPresent()) {
      for (JsonNode call : last.get().calls()) {
        JsonNode parsed = call.has("body") ? parsed(call) : MissingNode.getInstance();
        body = parsed.isMissingNode() ? body : parsed;
      }
    }
    return body;
  }

  private static JsonNode parsed(JsonNode call) {
    String body = call.path("body").asText();
    if (call.path("headers").toString().contains("x-www-form-urlencoded")) {
      return form(body);
    }
    try {
      JsonNode json = JSON.readTree(body);
      return json.isContainerNode() ? json : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static ObjectNode form(String body) {
    ObjectNode fields = JSON.createObjectNode();
    for (String field : body.split("&")) {
      String[] parts = field.split("=", 2);
      fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
