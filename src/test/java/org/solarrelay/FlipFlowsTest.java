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
import static org.solarrelay.Story.awaitDelivery;
import static org.solarrelay.VendorStubs.stub;

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

/** Projects that Kafka tells of, as far as Flip. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class FlipFlowsTest {

  private final String enrollment = UUID.randomUUID().toString();
  private final String project = "P-" + enrollment;

  @BeforeEach
  void anActiveEnrollment() {
    VendorStubs.reset();
    flipHas("ACTIVE");
  }

  @Test
  void aProjectOnHoldPausesItsEnrollmentAndSaysWhy() {
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
  void aVoidedProjectIsHeldListedAndUnenrolledOnceApproved() {
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
  void anEnrollmentThatWasFoundByEmailIsKnownFromThenOn() {
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

    flipHas("PAUSED");
    String second = send("project.status-changed", "\"status\":\"active\"");

    assertThat(awaitDelivery(second, "flip").path("state").asText()).isEqualTo("delivered");
    assertThat(patches()).containsExactly("PAUSED", "ACTIVE");
  }

  @Test
  void aProjectWithoutAnEnrollmentWaitsForOneAndSaysSo() {
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
        .isEqualTo("no Flip enrollment is linked to project " + project);
    assertThat(patches()).isEmpty();
  }

  private String status(String status, String enrollment) {
    return send(
        "project.status-changed",
        "\"status\":\"%s\",\"ids\":{\"flip.enrollment\":\"%s\"}".formatted(status, enrollment));
  }

  /** Puts bare data on solar.projects and gives the event's id. */
  private String send(String type, String data) {
    RecordMetadata at =
        Producers.send(
            "solar.projects", project, "{\"type\":\"%s\",%s}".formatted(type, data), Map.of());
    return at.topic() + "-" + at.partition() + "-" + at.offset();
  }

  private void flipHas(String status) {
    String body =
        "{\"id\":\"%s\",\"status\":\"%s\",\"site\":{\"groups\":[]}}".formatted(enrollment, status);
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
        EventJson.parse(Story.ask("/api/deliveries?state=held&destination=flip").asByteArray());
    for (JsonNode delivery : list.path("items")) {
      if (delivery.path("eventId").asText().equals(eventId)) {
        return delivery;
      }
    }
    return list.path("nothing held");
  }

  private static JsonNode delivery(String eventId) {
    for (JsonNode delivery : Story.of(eventId).path("deliveries")) {
      if (delivery.path("destination").asText().equals("flip")) {
        return delivery;
      }
    }
    return EventJson.parse("{}".getBytes());
  }
}
