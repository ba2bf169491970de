package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.RelayEnvironment.VENDORS;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages 2 to 5 of Enerflo's guide: projects, from their topic to Enerflo's API. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ProjectsOutTest {

  private static final String MILESTONE =
      "{\"type\":\"project.milestone-changed\",\"ids\":{\"enerflo.install\":\"%s\"},\"milestone\":{\"name\":\"%s\"},\"completedOn\":\"2026-03-18\"}";

  private final String install = "" + ThreadLocalRandom.current().nextInt(100_000, 999_999_999);
  private final String path = "/api/v3/installs/" + install;
  private final String project = "P-" + install;

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    stub(
        get(urlPathEqualTo(path))
            .willReturn(okJson(fixture("enerflo/install.json").replace("901", install))));
  }

  @Test
  void aMilestoneOfTheCrmReachesEnerflo() {
    stub(put(urlPathEqualTo(path + "/milestones/76")).willReturn(okJson("{\"success\":true}")));

    String event = send(MILESTONE.formatted(install, "Permit Approved"));

    assertThat(awaitDelivery(event, "enerflo").path("state").asText()).isEqualTo("delivered");
    VENDORS.verify(
        putRequestedFor(urlPathEqualTo(path + "/milestones/76"))
            .withRequestBody(equalToJson("{\"completed_on\":\"2026-03-18\"}")));
  }

  @Test
  void aProjectIsKnownByItsOwnIdOnceItsInstallIsLinked() {
    stub(put(urlPathEqualTo(path)).willReturn(okJson("{\"success\":true}")));
    stub(post(urlPathEqualTo(path + "/notes")).willReturn(okJson("{\"success\":true}")));
    String first =
        send(
            "{\"type\":\"project.status-changed\",\"ids\":{\"enerflo.install\":\"%s\"},\"status\":\"on-hold\"}"
                .formatted(install));
    assertThat(awaitDelivery(first, "enerflo").path("state").asText()).isEqualTo("delivered");

    String second = send("{\"type\":\"project.note-added\",\"note\":\"Roof is done\"}");

    assertThat(awaitDelivery(second, "enerflo").path("state").asText()).isEqualTo("delivered");
    VENDORS.verify(
        putRequestedFor(urlPathEqualTo(path)).withRequestBody(equalToJson("{\"status_id\":4}")));
    VENDORS.verify(
        postRequestedFor(urlPathEqualTo(path + "/notes"))
            .withRequestBody(equalToJson("{\"note\":\"Roof is done\"}")));
  }

  @Test
  void anUnknownStatusIsDeadWithTheKnownOnes() {
    stub(
        get(urlPathEqualTo("/api/v3/install-statuses"))
            .willReturn(okJson("{\"results\":[{\"id\":1,\"name\":\"Active\"}]}")));

    String event =
        send(
            "{\"type\":\"project.status-changed\",\"ids\":{\"enerflo.install\":\"%s\"},\"status\":\"exploded\"}"
                .formatted(install));

    JsonNode delivery = awaitDelivery(event, "enerflo");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("reason").asText()).contains("exploded").contains("Active");
  }

  @Test
  void anUnknownMilestoneIsDeadWithTheKnownOnes() {
    String event = send(MILESTONE.formatted(install, "Roof Inspection"));

    assertDead(awaitDelivery(event, "enerflo"), "Roof Inspection", "Permit Approved");
  }

  @ParameterizedTest
  @MethodSource("rejectedCalls")
  void aRejectedCallIsDeadWithEnerflosMessage(String data, String operation) {
    stub(
        any(urlPathEqualTo(path + operation))
            .atPriority(1)
            .withRequestBody(matching(".+"))
            .willReturn(okJson("{\"success\":false,\"message\":\"Install is locked\"}")));

    assertDead(
        awaitDelivery(send(data.formatted(install, "Permit Approved")), "enerflo"),
        "rejected",
        "Install is locked");
  }

  @ParameterizedTest
  @MethodSource("rejectedCalls")
  void aResponse422IsDeadAtOnce(String data, String operation) {
    stub(
        any(urlPathEqualTo(path + operation))
            .atPriority(1)
            .withRequestBody(matching(".+"))
            .willReturn(aResponse().withStatus(422).withBody("{\"message\":\"Unprocessable\"}")));

    JsonNode delivery = awaitDelivery(send(data.formatted(install, "Permit Approved")), "enerflo");

    assertDead(delivery, "422");
    assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
  }

  static Stream<Arguments> rejectedCalls() {
    return Stream.of(
        arguments(MILESTONE, "/milestones/76"),
        arguments(
            // in Australia, so that no delivery to Flip waits
            "{\"type\":\"project.status-changed\",\"ids\":{\"enerflo.install\":\"%s\"},\"status\":\"on-hold\",\"address\":{\"country\":\"AU\"}}",
            ""),
        arguments(
            "{\"type\":\"project.note-added\",\"ids\":{\"enerflo.install\":\"%s\"},\"note\":\"Roof is done\"}",
            "/notes"));
  }

  @Test
  void anEventOfAnUnlinkedProjectWaits() {
    String event = send("{\"type\":\"project.note-added\",\"note\":\"Roof is done\"}");

    JsonNode failure =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> HistoryClient.history(event).at("/deliveries/0/failures/0"),
                it -> it.has("reason"));
    assertThat(failure.path("reason").asText())
        .isEqualTo("No Enerflo install is linked to project " + project);
  }

  @Test
  void aSubmittedProjectReachesTheCrmOnceItsInstallExists() {
    String deal = UUID.randomUUID().toString();
    stub(
        get(urlPathEqualTo("/api/v3/installs/find/" + deal))
            .inScenario(deal)
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("there")
            .willReturn(aResponse().withStatus(404)));
    stub(
        get(urlPathEqualTo("/api/v3/installs/find/" + deal))
            .inScenario(deal)
            .whenScenarioStateIs("there")
            .willReturn(okJson(fixture("enerflo/install.json").replace("901", install))));
    stub(
        get(urlPathEqualTo("/api/v3/customers/55555"))
            .willReturn(okJson(fixture("enerflo/customer.json"))));
    String event = UUID.randomUUID().toString();

    Producers.send(
        "solar.projects",
        deal,
        "{\"ids\":{\"enerflo.deal\":\"%s\"},\"customer\":{\"firstName\":\"Ferris\"}}"
            .formatted(deal),
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", event,
            "ce_source", "enerflo",
            "ce_type", "project.submitted",
            "ce_subject", deal,
            "content-type", "application/json"));

    JsonNode delivery = awaitDelivery(event, "crm");
    assertThat(delivery.path("state").asText()).isEqualTo("delivered");
    // Flip's delivery requests the install as well, possibly first
    assertThat(HistoryClient.history(event).toString()).contains("does not exist in Enerflo yet");
    VENDORS.verify(
        postRequestedFor(urlPathEqualTo("/crm"))
            .withRequestBody(containing(deal))
            .withRequestBody(containing("custy@example.com"))
            .withRequestBody(containing("\"status_name\":\"Active\"")));
  }

  private static void assertDead(JsonNode delivery, String... reason) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("dead");
    assertThat(delivery.path("reason").asText()).contains(reason);
  }

  private String send(String data) {
    var sent = Producers.send("solar.projects", project, data);
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }
}
