package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.routes.lint.FolderFiles;

class RouteTrialTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROUTES = Path.of("routes");
  private static final String FAN_OUT = "fan-out.camel.yaml";
  private static final String ENERFLO = "deliver-enerflo.camel.yaml";
  private static final String PERMITS = "consume-permits.camel.yaml";
  private static final String NOTES = "deliver-enerflo-notes.camel.yaml";

  private static Map<String, String> inForce;

  @TempDir Path temp;

  private final Map<String, String> changed = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    inForce = FolderFiles.read(ROUTES);
  }

  @Test
  void unchangedFilesHaveNoDifferences() throws Exception {
    edit(FAN_OUT, "Flip receives projects", "Flip does receive projects");
    edit(ENERFLO, "description:", "note: tried\n    description:");
    try (RouteTrial trial = trial()) {
      for (String stage : List.of("translate-leads", "fan-out", "deliver-enerflo")) {
        JsonNode compared = trial.compared(stage, messages(stage), 20);
        assertThat(compared).as(stage).isNotEmpty();
        assertThat(compared).allSatisfy(it -> assertThat(it.path("changes")).isEmpty());
      }
    }
  }

  @Test
  void anAddedAndARemovedDestinationAreShownWithTheirRequests() throws Exception {
    edit(FAN_OUT, "uri: delivery:solarproof", "uri: delivery:flip");
    try (RouteTrial trial = trial()) {
      assertThat(trial.entryRoutes()).containsExactly("fan-out");
      JsonNode lead = trial.compared("fan-out", messages("fan-out"), 20).get(0);

      assertThat(paths(lead, "before")).contains("solarproof.outcome");
      assertThat(paths(lead, "after")).contains("flip.outcome").doesNotContain("crm.outcome");
      assertThat(lead.path("about").asText()).isEqualTo("lead.submitted of web, about 1");
    }
  }

  @Test
  void aFieldThatDiffersShowsBeforeAndAfter() throws Exception {
    String field = "enerflo.requests[0].body.note";
    edit(
        NOTES,
        "        - to:\n            uri: kamelet:enerflo-add-note-sink",
        "        - setVariable:\n            name: noteJson\n            expression:\n"
            + "              constant:\n                expression: '{\"note\": \"tried\"}'\n"
            + "        - to:\n            uri: kamelet:enerflo-add-note-sink");
    try (RouteTrial trial = trial()) {
      assertThat(trial.entryRoutes()).contains("deliver-enerflo");
      assertThat(trial.needsMoreMessages("deliver-enerflo")).isTrue();
      JsonNode compared = trial.compared("deliver-enerflo", messages("deliver-enerflo"), 20);

      assertThat(compared).hasSize(1);
      JsonNode change = compared.get(0).path("changes").get(0);
      assertThat(change.path("path").asText()).isEqualTo(field);
      assertThat(change.path("before").asText()).isEqualTo("\"Called\"");
      assertThat(change.path("after").asText()).isEqualTo("\"tried\"");
    }
  }

  @Test
  void aMessageThatTheChangeMakesDeadIsMarked() throws Exception {
    edit(FAN_OUT, "expression: .type == \"lead.submitted\" or", "expression: error(\"no\") or");
    try (RouteTrial trial = trial()) {
      assertThat(trial.compared("fan-out", messages("fan-out"), 20))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.path("dead").asBoolean()).isTrue());
    }
  }

  @Test
  void specsOfTheChangeAreRunAndGivenOnesTakeThePlaceOfTheFolders() throws Exception {
    edit(FAN_OUT, "uri: delivery:solarproof", "uri: delivery:flip");
    Path given = temp.resolve("fan-out.test.yaml");
    Files.writeString(
        given,
        "cases: [{name: a, given: {event: {type: lead.changed, source: web, data: {}}},"
            + " expect: {heardBy: [enerflo, flip, crm]}}]");
    try (RouteTrial trial = trial()) {
      assertThat(failures(trial.specs(List.of()))).anyMatch(it -> it.contains("A submitted lead"));
      assertThat(failures(trial.specs(List.of(given))))
          .noneMatch(it -> it.contains("fan-out.test.yaml"));
    }
  }

  @Test
  void destinationsOfTheRunningRelayAreThoseOfTheTrial() throws Exception {
    edit(FAN_OUT, "uri: delivery:solarproof", "uri: delivery:acme");
    changed.put(
        "deliver-acme.camel.yaml",
        """
        - route:
            id: deliver-acme
            description: Acme
            from:
              uri: delivery:acme
              steps:
                - bean:
                    ref: routeOutcome
                    method: skipped('Acme takes nothing')
        """);
    try (RouteTrial trial =
        new RouteTrial(ROUTES, inForce, changed, Map.of("acme", true, "crm", false))) {
      JsonNode lead = trial.compared("fan-out", messages("fan-out"), 1).get(0);

      assertThat(lead.toString()).contains("Acme takes nothing").doesNotContain("\"crm.");
    }
  }

  @Test
  void aNewRouteThatBeginsAtATopicShowsWhatItMakesOfTheMessagesThere() throws Exception {
    changed.put(PERMITS, permits("solar.permits", "approved"));
    try (RouteTrial trial = trial()) {
      assertThat(trial.entryRoutes()).containsExactly("consume-permits");
      assertThat(trial.topics("consume-permits")).containsExactly("solar.permits");
      assertThat(trial.topics("fan-out")).isEmpty();
      JsonNode compared = trial.compared("consume-permits", permitsOn("solar.permits"), 20);

      assertThat(compared).hasSize(1);
      assertThat(compared.get(0).path("changes"))
          .anySatisfy(
              change -> {
                assertThat(change.path("path").asText()).isEqualTo("event.type");
                assertThat(change.path("after").asText())
                    .isEqualTo("\"project.milestone-changed\"");
                assertThat(change.has("before")).isFalse();
              });
    }
  }

  @Test
  void aRouteThatMovesToAnotherTopicIsTriedWithTheMessagesOfThatOne() throws Exception {
    Map<String, String> before = new TreeMap<>(inForce);
    before.put(PERMITS, permits("solar.permits", "approved"));
    changed.put(PERMITS, permits("solar.approvals", "approved"));
    try (RouteTrial trial = new RouteTrial(ROUTES, before, changed, Map.of())) {
      assertThat(trial.topics("consume-permits")).containsExactly("solar.approvals");
      JsonNode compared = trial.compared("consume-permits", permitsOn("solar.approvals"), 20);
      assertThat(compared.get(0).path("changes")).isNotEmpty();
    }
  }

  @Test
  void aMessageThatANewRouteCannotReadWouldBeDead() throws Exception {
    changed.put(PERMITS, permits("solar.permits", "approved").replace(".body.on", "error(\"no\")"));
    try (RouteTrial trial = trial()) {
      JsonNode compared = trial.compared("consume-permits", permitsOn("solar.permits"), 20);

      assertThat(compared.get(0).path("dead").asBoolean()).isTrue();
    }
  }

  private static String permits(String topic, String state) {
    return """
    - route:
        id: consume-permits
        description: Permits that the city approves complete the milestone
        from:
          uri: topic:%s
          steps:
            - filter:
                expression:
                  jq:
                    expression: .body.permit == "%s"
                steps:
                  - setBody:
                      expression:
                        jq:
                          expression: >-
                            {type: "project.milestone-changed", subject: .body.projectId,
                             data: {ids: {"crm.project": .body.projectId},
                             milestone: {name: "Permit Approved"}, completedOn: .body.on}}
                  - to:
                      uri: topic:events
    """
        .formatted(topic, state);
  }

  private static JsonNode permitsOn(String topic) throws IOException {
    return JSON.readTree(
        """
        [{"id":"%1$s-0-1","at":"2026-06-01T09:00:00Z","about":"message on %1$s","message":{"message":
          {"topic":"%1$s","key":"P-1","headers":{},"time":"2026-06-01T09:00:00Z",
           "body":{"permit":"approved","projectId":"P-1","on":"2026-06-01"}}}}]
        """
            .formatted(topic));
  }

  private RouteTrial trial() throws IOException {
    return new RouteTrial(ROUTES, inForce, changed, Map.of());
  }

  private static List<String> paths(JsonNode message, String side) {
    return JSON.convertValue(message.path("changes"), JsonNode.class).findParents(side).stream()
        .map(change -> change.path("path").asText())
        .toList();
  }

  private static List<String> failures(JsonNode specs) {
    return specs.findParents("problems").stream()
        .filter(one -> !one.path("problems").isEmpty())
        .map(JsonNode::toString)
        .toList();
  }

  private static JsonNode messages(String stage) throws IOException {
    String lead = "{\"email\":\"a@example.com\",\"fullName\":\"Ada Example\"}";
    String about = "\"id\":\"1\",\"at\":\"2026-06-01T09:00:00Z\",\"about\":\"";
    if (stage.startsWith("translate-")) {
      return JSON.readTree(
          "[{%swebhook\",\"message\":{\"webhook\":{\"source\":\"leads\",\"body\":%s}}}]"
              .formatted(about, lead));
    }
    String event = "{\"type\":\"lead.submitted\",\"source\":\"web\",\"subject\":\"1\",\"data\":%s}";
    String note =
        "{\"type\":\"project.note-added\",\"source\":\"crm\",\"subject\":\"P\",\"data\":"
            + "{\"note\":\"Called\",\"ids\":{\"enerflo.install\":\"901\"}}}";
    String leadItem =
        "{%slead.submitted of web, about 1\",\"message\":{\"event\":%s}}"
            .formatted(about, event.formatted(lead));
    return JSON.readTree(
        stage.equals("fan-out")
            ? "[%s]".formatted(leadItem)
            : "[%s,{%snote\",\"message\":{\"event\":%s}}]".formatted(leadItem, about, note));
  }

  private void edit(String file, String before, String after) {
    String text = changed.getOrDefault(file, inForce.get(file));
    assertThat(text).contains(before);
    int at = text.indexOf(before);
    changed.put(file, text.substring(0, at) + after + text.substring(at + before.length()));
  }
}
