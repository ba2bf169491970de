package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.stub;
import static org.solarrelay.delivery.http.VendorBench.fixture;
import static org.solarrelay.event.EventType.CHANGE_ORDER_SIGNED;
import static org.solarrelay.event.EventType.LEAD_STATUS_CHANGED;
import static org.solarrelay.event.EventType.LEAD_SUBMITTED;
import static org.solarrelay.event.EventType.PROJECT_SUBMITTED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventType;

/** Callbacks of a producer's events to the CRM. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class CrmCallbackTest {

  private static final String SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtdGhlLWNybQ==";

  private final String lead = UUID.randomUUID().toString().substring(0, 13);
  private final String email = lead + "@example.com";
  private final String inEnerflo = number();
  private final String inSolarProof = number();

  @BeforeEach
  void stubVendorsWithTheLead() {
    VendorStubs.reset();
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(email))
            .willReturn(
                okJson(fixture("enerflo/lead-add-response.json").replace("55555", inEnerflo))));
    stub(
        solarProof("createcustomer")
            .withRequestBody(containing(email))
            .willReturn(okJson("{\"Message\":\"ok\",\"id\":\"%s\"}".formatted(inSolarProof))));
  }

  @Test
  void aCallbackIsASignedCloudEventWithAllIdsOfTheLead() {
    String submitted = event(LEAD_SUBMITTED, "\"lastName\":\"Doe\",\"mobile\":\"8015550100\"");
    assertDelivered(awaitDelivery(submitted, "enerflo"));
    assertDelivered(awaitDelivery(submitted, "solarproof"));

    String changed = event(LEAD_STATUS_CHANGED, "\"status\":\"Needs Contact\",\"color\":[1]");
    assertDelivered(awaitDelivery(changed, "crm"));

    LoggedRequest call = VendorStubs.callback(changed);
    assertThat(call.getHeader("content-type")).startsWith("application/cloudevents+json");
    assertThat(call.getHeader("webhook-id")).isEqualTo(changed);
    assertThatCode(() -> new Webhook(SECRET).verify(call.getBodyAsString(), headers(call)))
        .doesNotThrowAnyException();
    JsonNode callback = EventJson.parse(call.getBody());
    assertThat(callback.path("id").asText()).isEqualTo(changed);
    assertThat(callback.path("source").asText()).isEqualTo("shop");
    assertThat(callback.path("type").asText()).isEqualTo("lead.status-changed");
    assertThat(callback.path("subject").asText()).isEqualTo(lead);
    assertThat(callback.at("/data/status").asText()).isEqualTo("Needs Contact");
    assertThat(callback.at("/data/color/0").asInt()).isEqualTo(1);
    assertThat(callback.at("/data/ids"))
        .isEqualTo(
            new ObjectMapper()
                .valueToTree(
                    Map.of(
                        "shop.lead", lead,
                        "enerflo.customer", inEnerflo,
                        "enerflo.integration-record-id", "shop:" + lead,
                        "solarproof.customer", inSolarProof)));
  }

  @Test
  void aChangeOrderHasTheKnownIdsOfItsProject() {
    String install = number();
    String deal = UUID.randomUUID().toString();
    String submitted =
        Producers.event(
            "shop",
            PROJECT_SUBMITTED,
            lead,
            "{\"ids\":{\"enerflo.install\":\"%s\",\"enerflo.deal\":\"%s\"},\"address\":{\"country\":\"AU\"}}"
                .formatted(install, deal));
    assertDelivered(awaitDelivery(submitted, "crm"));

    String signed =
        Producers.event("shop", CHANGE_ORDER_SIGNED, lead, "{\"changeOrderId\":\"3301\"}");

    assertDelivered(awaitDelivery(signed, "crm"));
    assertThat(EventJson.parse(VendorStubs.callback(signed).getBody()).at("/data/ids"))
        .isEqualTo(
            new ObjectMapper()
                .valueToTree(
                    Map.of(
                        "shop.project", lead, "enerflo.install", install, "enerflo.deal", deal)));
  }

  @Test
  void anEventThatTheCrmRejectsIsDeadThereAndDeliveredElsewhere() {
    stub(
        post(urlPathEqualTo("/crm"))
            .withRequestBody(containing(lead))
            .willReturn(aResponse().withStatus(410).withBody("{\"error\":\"gone\"}")));

    String submitted = event(LEAD_SUBMITTED, "\"lastName\":\"Doe\",\"mobile\":\"8015550100\"");

    JsonNode delivery = awaitDelivery(submitted, "crm");
    assertThat(delivery.path("state").asText()).isEqualTo("dead");
    assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
    assertThat(delivery.path("reason").asText()).contains("410");
    assertDelivered(awaitDelivery(submitted, "enerflo"));
    assertDelivered(awaitDelivery(submitted, "solarproof"));
    var letter =
        TopicRecordReader.awaitRecord(
            "solar.dead-letters",
            r -> submitted.equals(TopicRecordReader.header(r, "relay_event_id")));
    assertThat(TopicRecordReader.header(letter, "relay_destination")).isEqualTo("crm");
  }

  private String event(EventType type, String data) {
    return Producers.event(
        "shop", type, lead, "{\"firstName\":\"John\",\"email\":\"%s\",%s}".formatted(email, data));
  }

  private static HttpHeaders headers(LoggedRequest call) {
    Map<String, List<String>> headers =
        Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
            .collect(Collectors.toMap(name -> name, name -> List.of(call.getHeader(name))));
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static void assertDelivered(JsonNode delivery) {
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
  }

  private static String number() {
    return "" + ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999);
  }
}
