package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;
import static org.solarrelay.event.EventType.ENROLLMENT_CHANGED;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.EventJson;

/** Changes of enrollments to Flip and from Flip. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class EnrollmentFlowsTest {

  private final String enrollment = UUID.randomUUID().toString();

  @BeforeEach
  void stubActiveEnrollment() {
    VendorStubs.reset();
    String body =
        fixture("flip/enrollment.json")
            .replace("497f6eca-6276-4993-bfeb-53cbbbba6f08", enrollment)
            .replace("\"status\": \"CREATED\"", "\"status\": \"ACTIVE\"");
    stub(get(urlPathEqualTo(path())).willReturn(okJson(body)));
    stub(patch(urlPathEqualTo(path())).willReturn(okJson(body)));
  }

  @Test
  void aChangeOfTheCrmUpdatesTheEnrollment() {
    String id = enrollmentChanged();

    assertDelivered(awaitDelivery(id, "flip"));
    RelayEnvironment.VENDORS.verify(
        1,
        patchRequestedFor(urlPathEqualTo(path()))
            .withHeader("Authorization", equalTo("Bearer flip-test-key"))
            .withRequestBody(
                equalToJson(
                    """
                    {"status":"PAUSED","status_reason":"Battery under repair",
                     "group_ids":["my-group"]}""")));
  }

  @Test
  void aChangeThatFlipRejectsIsDeadWithItsResponse() {
    stub(
        patch(urlPathEqualTo(path()))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody(
                        "{\"code\":\"validation_error\",\"detail\":[{\"loc\":[\"body\",\"group_ids\"],"
                            + "\"msg\":\"no such group\",\"type\":\"value_error\"}],\"errors\":[],"
                            + "\"message\":\"Unprocessable\",\"status_code\":422}")));

    JsonNode delivery = awaitDelivery(enrollmentChanged(), "flip");

    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
    assertThat(delivery.path("answer").asText()).contains("no such group");
  }

  @Test
  void aChangeOfFlipReachesTheCrmAndIsNotSentBack() {
    String receipt =
        Senders.flip(
            Webhooks.sampleJson("flip", "enrollment.updated")
                .toString()
                .replace("3c1f8a70-52d1-4c6e-9a41-6f1f5a0b7444", enrollment));

    JsonNode delivery = awaitDelivery(receipt, "crm");
    assertDelivered(delivery);
    JsonNode callback =
        EventJson.parse(VendorStubs.callback(delivery.path("eventId").asText()).getBody());
    assertThat(callback.path("type").asText()).isEqualTo("enrollment.changed");
    assertThat(callback.path("source").asText()).isEqualTo("flip");
    assertThat(callback.path("subject").asText()).isEqualTo(enrollment);
    assertThat(callback.at("/data/status").asText()).isEqualTo("PAUSED");
    assertThat(callback.at("/data/groupIds/0").asText()).isEqualTo("north-feeder");
    assertThat(HistoryClient.history(receipt).path("deliveries")).hasSize(1);
  }

  @Test
  void anUnknownWebhookOfFlipIsADeadLetter() {
    String receipt =
        Senders.flip("{\"event_type\":\"site.moved\",\"id\":\"%s\"}".formatted(enrollment));

    JsonNode history = HistoryClient.awaitHistory(receipt);
    assertThat(history.path("state").asText()).isEqualTo("dead");
    assertThat(history.path("reason").asText())
        .contains("unknown Flip event 'site.moved'", "routes/translate-flip.camel.yaml");
  }

  private String enrollmentChanged() {
    return Producers.event(
        "crm",
        ENROLLMENT_CHANGED,
        enrollment,
        "{\"status\":\"PAUSED\",\"statusReason\":\"Battery under repair\",\"groupIds\":[\"my-group\"]}");
  }

  private String path() {
    return "/v1/enrollments/" + enrollment;
  }

  private static void assertDelivered(JsonNode delivery) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
  }
}
