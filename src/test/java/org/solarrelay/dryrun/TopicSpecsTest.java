package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.PermitsRoute;

/** Specs and previews of a custom topic, and of events that fan-out derives. */
class TopicSpecsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DERIVES =
      """
              - filter:
                  description: A signed change order is noted on the install
                  expression:
                    jq:
                      expression: .type == "change-order.signed" and .source == "enerflo"
                  steps:
                    - setVariable:
                        name: note
                        expression:
                          jq:
                            expression: >-
                              {type: "project.note-added",
                               data: {note: "Change order \\(.data.changeOrderId) is signed"}}
                    - to:
                        uri: topic:events
                        variableSend: note
      """;

  private static final String SPEC =
      """
      cases:
        - name: An approved permit completes the milestone
          given: {message: {key: K-1, body: {permit: approved, projectId: P-77, on: "2026-05-04"}}}
          expect:
            events:
              - id: solar.permits-0-0
                source: permits
                type: project.milestone-changed
                subject: P-77
                time: "2026-06-01T09:00:00Z"
                data: {ids: {crm.project: P-77}, milestone: {name: Permit Approved}, completedOn: "2026-05-04"}
        - name: The key is the subject where the message names no project
          given: {message: {topic: solar.permits, key: K-1, time: "2026-05-04T10:00:00Z", body: {permit: approved}}}
          expect: {events: [{subject: K-1, time: "2026-05-04T10:00:00Z"}]}
        - name: Another permit makes no event
          given: {message: {body: {permit: refused}}}
          expect: {outcome: ignored, reason: the route consume-permits sent nothing, events: []}
        - name: A message that is no JSON is dead
          given: {message: {body: "no json"}}
          expect: {outcome: dead, reason: "not JSON"}
        - name: An event that breaks its schema is dead
          given: {message: {key: K-1, body: {permit: approved, projectId: P-77, on: soon}}}
          expect: {outcome: dead, reason: completedOn}
      """;

  private static final String FAN_OUT_SPEC =
      """
      route: fan-out
      cases:
        - name: A signed change order derives a note for its source
          given: {event: {type: change-order.signed, source: enerflo, subject: "901", id: co-1, data: {changeOrderId: "7"}}}
          expect:
            heardBy: [crm]
            events:
              - source: relay
                type: project.note-added
                subject: enerflo:901
                causationid: co-1
                causationsource: enerflo
                data: {note: Change order 7 is signed, ids: {enerflo.install: "901"}}
        - name: Another event derives none
          given: {event: {type: lead.submitted, source: web, data: {email: a@example.com}}}
          expect: {heardBy: [enerflo, solarproof, crm], events: []}
      """;

  @TempDir Path folder;
  private Path routes;

  @BeforeEach
  void copyOfTheRoutes() throws IOException {
    routes = RoutesCopy.in(folder.resolve("routes"));
    Files.writeString(routes.resolve("consume-permits.camel.yaml"), PermitsRoute.YAML);
    Path fanOut = routes.resolve("fan-out.camel.yaml");
    Files.writeString(
        fanOut, Files.readString(fanOut).replaceFirst("(?m)^      steps:\n", "$0" + quoted()));
  }

  private static String quoted() {
    return DERIVES.replace("\\", "\\\\").replace("$", "\\$");
  }

  @Test
  void aSpecSaysWhichEventsAMessageMakes() throws IOException {
    assertPasses("consume-permits", SPEC, 5);
  }

  @Test
  void aSpecOfFanOutSaysWhichEventsItDerives() throws IOException {
    assertPasses("derived", FAN_OUT_SPEC, 2);
  }

  @Test
  void aMessageOfAnotherTopicIsRejected() throws IOException {
    assertThat(problems("consume-permits", "{message: {topic: solar.permit, body: {}}}"))
        .containsExactly(
            "the message is on topic solar.permit, and the route consume-permits reads"
                + " solar.permits");
  }

  @Test
  void anEventIsNoMessage() throws IOException {
    assertThat(problems("consume-permits", "{event: {type: lead.submitted, data: {}}}"))
        .containsExactly("a spec of consume-permits needs given: message");
  }

  @Test
  void aPreviewShowsTheEventsOfAMessageAndTheirDeliveries() throws Exception {
    JsonNode preview =
        LocalPreview.of(
            JSON.readTree(
                """
                {"message": {"topic": "solar.permits", "key": "K-1",
                  "body": {"permit": "approved", "projectId": "P-77", "on": "2026-05-04"}}}
                """),
            routes);

    assertThat(preview.path("outcome").asText()).isEqualTo("translated");
    assertThat(preview.at("/events/0/event/type").asText()).isEqualTo("project.milestone-changed");
    assertThat(preview.at("/events/0/deliveries").findValuesAsText("destination"))
        .contains("enerflo", "crm");
  }

  @Test
  void aPreviewFollowsTheEventsThatFanOutDerives() throws Exception {
    JsonNode preview =
        LocalPreview.of(
            JSON.readTree(
                """
                {"event": {"type": "change-order.signed", "source": "enerflo", "subject": "901",
                  "id": "co-1", "data": {"changeOrderId": "7"}}}
                """),
            routes);

    assertThat(preview.path("events")).hasSize(2);
    assertThat(preview.at("/events/1/event/causationid").asText()).isEqualTo("co-1");
    assertThat(preview.at("/events/1/deliveries").findValuesAsText("destination"))
        .containsExactlyInAnyOrder("enerflo", "crm");
  }

  private void assertPasses(String name, String spec, int cases) throws IOException {
    Path file = Files.writeString(routes.resolve("tests/%s.test.yaml".formatted(name)), spec);
    try (SpecRun run = new SpecRun(routes)) {
      assertThat(SpecFolder.read(List.of(file)))
          .hasSize(cases)
          .allSatisfy(one -> assertThat(run.run(one).problems()).as(one.name()).isEmpty());
    }
  }

  private List<String> problems(String route, String given) throws IOException {
    String spec = "cases: [{name: a, given: %s, expect: {}}]".formatted(given);
    Path file = Files.writeString(routes.resolve("tests/%s.test.yaml".formatted(route)), spec);
    try (SpecRun run = new SpecRun(routes)) {
      return run.run(SpecFolder.read(List.of(file)).get(0)).problems();
    }
  }
}
