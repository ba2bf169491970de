package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;
import static org.solarrelay.event.EventType.PROJECT_MILESTONE_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_SUBMITTED;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventType;

/** Events about projects, from their topic to Flip. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class FlipFlowsTest {

  private final String enrollment = UUID.randomUUID().toString();
  private final String project = "P-" + enrollment;

  @BeforeEach
  void stubActiveEnrollment() {
    VendorStubs.reset();
    stubEnrollment("ACTIVE");
  }

  @Test
  void aProjectOnHoldPausesItsEnrollmentWithAReason() {
    String id = status("on-hold", enrollment);

    JsonNode delivery = awaitDelivery(id, "flip");
    assertThat(delivery.path("state").asText()).isEqualTo("delivered");
    assertThat(delivery.path("vendorId").asText()).isEqualTo(enrollment);
    RelayEnvironment.VENDORS.verify(
        1,
        patchRequestedFor(urlPathEqualTo(path()))
            .withRequestBody(
                equalToJson(
                    "{\"status\":\"PAUSED\",\"status_reason\":\"Project %s put on hold in the CRM\"}"
                        .formatted(project))));
  }

  @Test
  void aSubmittedProjectMakesItsEnrollmentPending() {
    stubEnrollment("CREATED");

    String id = project(PROJECT_SUBMITTED, "\"systemSizeWatts\":7600");

    assertDelivered(awaitDelivery(id, "flip"));
    assertPatched(
        "{'status':'PENDING','status_reason':'Project %s submitted in the CRM'}"
            .formatted(project));
  }

  @Test
  void aSubmittedProjectDoesNotChangeAnActiveEnrollment() {
    JsonNode delivery =
        awaitDelivery(project(PROJECT_SUBMITTED, "\"systemSizeWatts\":7600"), "flip");

    assertThat(delivery.path("state").asText()).isEqualTo("skipped");
    assertThat(delivery.path("reason").asText()).contains("ACTIVE");
    assertThat(patches()).isEmpty();
  }

  @Test
  void permissionToOperateMakesTheEnrollmentActive() {
    stubEnrollment("PENDING");

    String id =
        project(
            PROJECT_MILESTONE_CHANGED,
            "\"milestone\":{\"name\":\"Permission to Operate\"},\"completedOn\":\"2026-04-18\"");

    assertDelivered(awaitDelivery(id, "flip"));
    assertPatched(
        ("{'status':'ACTIVE','status_reason':"
                + "'Project %s reached Permission to Operate on 2026-04-18 in the CRM'}")
            .formatted(project));
  }

  @Test
  void aMilestoneWithoutMeaningForFlipIsSkipped() {
    String id =
        project(
            PROJECT_MILESTONE_CHANGED,
            "\"milestone\":{\"name\":\"Roof Inspection\"},\"completedOn\":\"2026-04-18\"");

    assertThat(awaitDelivery(id, "flip").path("reason").asText())
        .isEqualTo("Flip does not receive Roof Inspection");
    assertThat(patches()).isEmpty();
  }

  @Test
  void anUnknownStatusIsSkipped() {
    assertThat(awaitDelivery(status("exploded", enrollment), "flip").path("reason").asText())
        .isEqualTo("Flip has no counterpart of the status exploded");
  }

  @Test
  void anAustralianProjectIsNotSearchedAtFlip() {
    String id =
        Producers.event(
            "crm",
            PROJECT_SUBMITTED,
            project,
            "{\"customer\":{\"email\":\"%s@example.com\"},\"address\":{\"street\":\"45 Wattle Drive\",\"city\":\"Kirwan\",\"state\":\"QLD\",\"zip\":\"4817\"}}"
                .formatted(enrollment));

    JsonNode delivery = awaitDelivery(id, "flip");
    assertThat(delivery.path("state").asText()).isEqualTo("skipped");
    assertThat(delivery.path("reason").asText()).contains("Australia");
    assertThat(patches()).isEmpty();
  }

  @Test
  void aVoidedProjectIsHeldAndUnenrolledAfterApproval() {
    String id = status("voided", enrollment);

    long delivery =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> held(id), found -> !found.isMissingNode())
            .path("id")
            .asLong();
    assertThat(patches()).isEmpty();

    given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .post("/api/deliveries/" + delivery + "/approve")
        .then()
        .statusCode(200);
    assertThat(awaitDelivery(id, "flip").path("state").asText()).isEqualTo("delivered");
    assertThat(patches()).containsExactly("UNENROLLED");
  }

  @Test
  void anEnrollmentFoundByEmailIsLinked() {
    String email = enrollment + "@example.com";
    stub(
        get(urlPathEqualTo("/v1/enrollments"))
            .willReturn(
                okJson(
                    "{\"enrollments\":[{\"id\":\"%s\",\"status\":\"ACTIVE\",\"site\":{\"email\":\"%s\"}}]}"
                        .formatted(enrollment, email))));
    String first =
        send(
            "project.status-changed",
            "\"status\":\"on-hold\",\"customer\":{\"email\":\"%s\"}".formatted(email));
    assertThat(awaitDelivery(first, "flip").path("state").asText()).isEqualTo("delivered");

    stubEnrollment("PAUSED");
    String second = send("project.status-changed", "\"status\":\"active\"");

    assertThat(awaitDelivery(second, "flip").path("state").asText()).isEqualTo("delivered");
    assertThat(patches()).containsExactly("PAUSED", "ACTIVE");
  }

  @Test
  void aProjectWithoutAnEnrollmentWaitsForOne() {
    String email = enrollment + "@example.com";
    String id =
        send(
            "project.status-changed",
            "\"status\":\"on-hold\",\"customer\":{\"email\":\"%s\"}".formatted(email));

    JsonNode waiting =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> delivery(id), found -> found.path("attempts").asInt() > 1);
    assertThat(waiting.path("state").asText()).isIn("pending", "running");
    assertThat(waiting.at("/failures/0/reason").asText())
        .isEqualTo("No Flip enrollment is linked to project " + project);
    assertThat(patches()).isEmpty();
  }

  private String project(EventType type, String data) {
    return Producers.event(
        "crm",
        type,
        project,
        "{%s,\"ids\":{\"flip.enrollment\":\"%s\"}}".formatted(data, enrollment));
  }

  /** Asserts the only change sent to Flip; ' stands for ". */
  private void assertPatched(String body) {
    RelayEnvironment.VENDORS.verify(
        1,
        patchRequestedFor(urlPathEqualTo(path()))
            .withRequestBody(equalToJson(body.replace('\'', '"'))));
    assertThat(patches()).hasSize(1);
  }

  private static void assertDelivered(JsonNode delivery) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
  }

  private String status(String status, String enrollment) {
    return send(
        "project.status-changed",
        "\"status\":\"%s\",\"ids\":{\"flip.enrollment\":\"%s\"}".formatted(status, enrollment));
  }

  /** Sends plain data to solar.projects and returns the event's id. */
  private String send(String type, String data) {
    RecordMetadata at =
        Producers.send(
            "solar.projects", project, "{\"type\":\"%s\",%s}".formatted(type, data), Map.of());
    return at.topic() + "-" + at.partition() + "-" + at.offset();
  }

  private void stubEnrollment(String status) {
    String body =
        fixture("flip/enrollment.json")
            .replace("497f6eca-6276-4993-bfeb-53cbbbba6f08", enrollment)
            .replace("\"status\": \"CREATED\"", "\"status\": \"" + status + "\"");
    stub(get(urlPathEqualTo(path())).willReturn(okJson(body)));
    stub(patch(urlPathEqualTo(path())).willReturn(okJson(body)));
  }

  private String path() {
    return "/v1/enrollments/" + enrollment;
  }

  private List<String> patches() {
    return RelayEnvironment.VENDORS.findAll(patchRequestedFor(urlPathEqualTo(path()))).stream()
        .map(call -> EventJson.parse(call.getBody()).path("status").asText())
        .toList();
  }

  private static JsonNode held(String eventId) {
    JsonNode list =
        EventJson.parse(
            HistoryClient.get("/api/deliveries?state=held&destination=flip").asByteArray());
    for (JsonNode delivery : list.path("items")) {
      if (delivery.path("eventId").asText().equals(eventId)) {
        return delivery;
      }
    }
    return list.path("nothing held");
  }

  private static JsonNode delivery(String eventId) {
    for (JsonNode delivery : HistoryClient.history(eventId).path("deliveries")) {
      if (delivery.path("destination").asText().equals("flip")) {
        return delivery;
      }
    }
    return EventJson.parse("{}".getBytes());
  }
}
