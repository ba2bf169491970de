package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.cases.CaseFile;
import org.solarrelay.cases.CaseOutcome;
import org.solarrelay.identity.EventIds;
import org.solarrelay.routes.lint.FolderFiles;

/** Each case of mode preview: a message, previewed with the stubs of routes/samples/answers. */
class PreviewCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROUTES = Path.of("routes");

  private static Vertx vertx;
  private static Previews previews;

  @BeforeAll
  static void readRoutes() throws IOException {
    vertx = Vertx.vertx();
    Map<String, String> files = FolderFiles.read(ROUTES);
    Map<String, String> settings = Map.of("FLIP_PROGRAM_ID", "test-program");
    previews = new Previews(ROUTES, () -> files, with(settings), vertx);
  }

  @AfterAll
  static void stop() {
    previews.close();
    vertx.close();
  }

  static List<CaseFile> cases() {
    return CaseFile.ofMode("preview");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCaseHolds(CaseFile file) throws Exception {
    List<CaseOutcome> outcomes = new ArrayList<>();
    for (JsonNode send : file.sends()) {
      outcomes.add(
          outcome(
              previews.preview(
                  message(send), event -> EventIds.addKnownIds(event, EventIds.of(event)))));
    }

    file.verify(outcomes, "");
  }

  private static JsonNode message(JsonNode send) {
    if (!send.has("webhook")) {
      return send;
    }
    ObjectNode message = JSON.createObjectNode();
    ObjectNode webhook = message.putObject("webhook");
    for (String field : List.of("source", "event", "headers", "body")) {
      if (send.path("webhook").has(field)) {
        webhook.set(field, send.path("webhook").get(field));
      }
    }
    return message;
  }

  private static CaseOutcome outcome(JsonNode preview) {
    JsonNode first = preview.at("/events/0");
    if (first.isMissingNode()) {
      String state = preview.path("outcome").asText("dead");
      String reason = preview.path("reason").asText();
      return new CaseOutcome(202, state, reason, List.of(), Map.of(), Map.of());
    }
    ObjectNode event = first.path("event").deepCopy();
    event.set("notes", first.path("notes"));
    Map<String, CaseOutcome.Delivery> deliveries = new HashMap<>();
    Map<String, List<JsonNode>> requests = new HashMap<>();
    for (JsonNode delivery : first.path("deliveries")) {
      String destination = delivery.path("destination").asText();
      deliveries.put(
          destination,
          new CaseOutcome.Delivery(
              delivery.path("outcome").asText(),
              delivery.path("reason").asText(),
              delivery.path("vendorId").asText()));
      List<JsonNode> sent = new ArrayList<>();
      delivery.path("requests").forEach(request -> sent.add(fields(request)));
      requests.put(destination, sent);
    }
    return new CaseOutcome(202, "events", "", List.of(event), deliveries, requests);
  }

  private static JsonNode fields(JsonNode request) {
    ObjectNode fields =
        request.path("body") instanceof ObjectNode body ? body.deepCopy() : JSON.createObjectNode();
    fields.set("query", request.path("query"));
    return fields;
  }

  private static Supplier<SmallRyeConfig> with(Map<String, String> settings) {
    SmallRyeConfig made = DryRunSettings.with(settings, List.of());
    return () -> made;
  }
}
