package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;
import static org.solarrelay.VendorStubs.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enerflo's webhooks about projects reach the CRM, through Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ProjectsInTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger NEXT = new AtomicInteger(517_000);
  private static final String DEAL = "00000000-0000-4000-9000-000000000901";
  private static final String INSTALLS = "/api/v3/installs/";

  /** Each test has its own project. */
  private final String install = String.valueOf(NEXT.incrementAndGet());

  private final String deal = DEAL.replace("000000000901", "000000" + install);

  @BeforeEach
  void stubProject() {
    VendorStubs.reset();
    stub(get(urlPathMatching(INSTALLS + ".*")).willReturn(okJson(installInEnerflo())));
    stub(
        get(urlPathMatching("/api/v3/customers/.*"))
            .willReturn(
                okJson("{\"id\":70901,\"email\":\"robin.sample@example.com\",\"phone\":\"555\"}")));
  }

  @Test
  void twoWebhooksOfOneSubmissionAreOneEvent() {
    String submitted = Senders.enerflo(sample("deal.projectSubmitted"));
    JsonNode callback = callback(submitted);
    String received = Senders.enerflo(sample("deal.projectReceived"));
    String other = Senders.enerflo(sample("update_install"));
    callback(other);

    assertThat(callback.path("type").asText()).isEqualTo("project.submitted");
    assertThat(callback.path("source").asText()).isEqualTo("enerflo");
    assertThat(callback.path("subject").asText()).isEqualTo(deal);
    assertThat(callback.at("/data/ids/enerflo.deal").asText()).isEqualTo(deal);
    assertThat(callback.at("/data/customer/lastName").asText()).isEqualTo("Sample");
    assertThat(callback.at("/data/address/zip").asText()).isEqualTo("88800");
    assertThat(callback.at("/data/systemSizeWatts").asInt()).isEqualTo(7600);
    assertThat(awaitHistory(received).path("reason").asText())
        .startsWith("duplicate of event " + callback.path("id").asText());
    assertThat(callbacks(deal, "project.submitted")).hasSize(1);
  }

  @Test
  void aSecondSubmissionWithAnotherSystemIsANewEvent() {
    callback(Senders.enerflo(sample("deal.projectSubmitted")));
    JsonNode again =
        callback(Senders.enerflo(sample("deal.projectSubmitted").replace("7600", "8400")));

    assertThat(again.at("/data/systemSizeWatts").asInt()).isEqualTo(8400);
    assertThat(callbacks(deal, "project.submitted")).hasSize(2);
  }

  @Test
  void aProjectOf73KilobytesIsDeliveredWhole() {
    ObjectNode large = (ObjectNode) json(sample("deal.projectSubmitted"));
    ArrayNode arrays = (ArrayNode) large.at("/payload/design/arrays");
    while (large.toString().length() < 73_446) {
      ObjectNode array = arrays.get(0).deepCopy();
      array.put("id", arrays.size()).putArray("modules").addObject().putArray("cells").add(1.5);
      arrays.add(array);
    }
    JsonNode callback = callback(Senders.enerflo(large.toString()));

    assertThat(callback.at("/data/deal/design/arrays")).hasSize(arrays.size());
    assertThat(callback.at("/data/deal/design/arrays")).isEqualTo(arrays);
  }

  @Test
  void aNewInstallIsDeliveredWithItsFields() {
    JsonNode callback = callback(Senders.enerflo(sample("new_install")));

    assertThat(callback.path("type").asText()).isEqualTo("project.submitted");
    assertThat(callback.path("subject").asText()).isEqualTo(install);
    assertThat(callback.at("/data/install/agreement_id").asInt()).isEqualTo(22901);
    assertThat(callback.at("/data/customer/email").asText()).isEqualTo("robin.sample@example.com");
  }

  @Test
  void ofThreeUpdatesWithinSecondsOneEventIsDelivered() {
    String update = sample("update_install");
    String empty =
        "{\"webhook_event\":\"update_install\",\"id\":%s,\"customer\":null}".formatted(install);
    String first = Senders.enerflo(update);
    String second = Senders.enerflo(empty);
    String third = Senders.enerflo(update);
    JsonNode callback = callback(first);

    assertThat(callback.path("type").asText()).isEqualTo("project.status-changed");
    assertThat(callback.at("/data/status").asText()).isEqualTo("on-hold");
    assertThat(callback.at("/data/ids/enerflo.install").asText()).isEqualTo(install);
    assertThat(awaitHistory(second).path("state").asText()).isEqualTo("skipped");
    assertThat(awaitHistory(second).path("reason").asText())
        .isEqualTo("install " + install + " has no status: an empty duplicate");
    assertThat(awaitHistory(third).path("reason").asText())
        .startsWith("duplicate of event " + callback.path("id").asText());
    assertThat(callbacks(install, "project.status-changed")).hasSize(1);
  }

  @Test
  void aMilestoneIsDeliveredBeforeItsProjectIsKnown() {
    stub(
        get(urlPathEqualTo(INSTALLS + install))
            .inScenario(install)
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("there")
            .willReturn(aResponse().withStatus(404)));
    JsonNode callback = callback(Senders.enerflo(sample("project_milestone_updated")));

    assertThat(callback.path("type").asText()).isEqualTo("project.milestone-changed");
    assertThat(callback.path("subject").asText()).isEqualTo(install);
    assertThat(callback.at("/data/milestone/name").asText()).isEqualTo("Permission to Operate");
    assertThat(callback.at("/data/completedOn").asText()).isEqualTo("2026-04-18");

    assertThat(
            callback(Senders.enerflo(sample("new_install")))
                .at("/data/ids/enerflo.install")
                .asText())
        .isEqualTo(install);
  }

  @Test
  void aNoteIsDeliveredWithItsAuthor() {
    JsonNode callback = callback(Senders.enerflo(sample("new_install_note")));

    assertThat(callback.path("type").asText()).isEqualTo("project.note-added");
    assertThat(callback.at("/data/note").asText())
        .isEqualTo("Inspector asked for a second label on the disconnect");
    assertThat(callback.at("/data/author").asText()).isEqualTo("Pat Manager");
  }

  @Test
  void aSignedChangeOrderIsDeliveredWithPanelsBatteryAndAdders() {
    JsonNode callback = callback(Senders.enerflo(sample("signed_change_order")));

    assertThat(callback.path("type").asText()).isEqualTo("change-order.signed");
    assertThat(callback.path("subject").asText()).isEqualTo(install);
    assertThat(callback.at("/data/changeOrderId").asText()).isEqualTo("3301");
    assertThat(callback.at("/data/panels/count").asInt()).isEqualTo(24);
    assertThat(callback.at("/data/panels/previous/model").asText()).isEqualTo("Example 380W");
    assertThat(callback.at("/data/battery/model").asText()).isEqualTo("Example Battery 10");
    assertThat(callback.at("/data/adders"))
        .extracting(adder -> adder.path("change").asText())
        .containsExactly("added", "changed", "removed");
  }

  @ParameterizedTest
  @CsvSource({"submit_install, project.submitted", "restore_install, project.status-changed"})
  void otherWebhooksOfAnInstallAreDelivered(String event, String type) {
    JsonNode callback = callback(Senders.enerflo(sample(event)));

    assertThat(callback.path("type").asText()).isEqualTo(type);
    assertThat(callback.at("/data/ids/enerflo.install").asText()).isEqualTo(install);
  }

  @Test
  void aStatusNumberIsDeliveredByName() {
    stub(
        get(urlPathEqualTo("/api/v3/install-statuses"))
            .willReturn(
                okJson("{\"results\":[{\"id\":%s,\"name\":\"Roof Repair\"}]}".formatted(install))));

    JsonNode callback = callback(Senders.enerflo(numbered(install)));

    assertThat(callback.at("/data/status").asText()).isEqualTo("Roof Repair");
  }

  @Test
  void anUnknownStatusNumberIsDeliveredAsNumber() {
    stub(
        get(urlPathEqualTo("/api/v3/install-statuses"))
            .willReturn(okJson("{\"results\":[{\"id\":1,\"name\":\"Active\"}]}")));

    JsonNode callback = callback(Senders.enerflo(numbered(install)));

    assertThat(callback.at("/data/status").asText()).isEqualTo("status-" + install);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'event':'deal.projectSubmitted','payload':{'customer':{'firstName':'R'}}} | no payload.deal.id",
        "{'webhook_event':'new_install','status_id':1} | names no install",
        "{'webhook_event':'update_install','status_id':4} | names no install",
        "{'webhook_event':'new_install_note','id':7,'stage':'PTO'} | has no note",
        "{'webhook_event':'signed_change_order','id':7,'change_orders':[{'signed_at':'2026-03-25 19:44:31','change_values':{'panel_count':{'new':2}}}]} | a signed change order without id",
        "{'webhook_event':'new_battery','id':7} | unknown Enerflo event 'new_battery'"
      },
      quoteCharacter = '`')
  void anIncompleteWebhookIsADeadLetterThatNamesTheMissingField(String body, String reason) {
    JsonNode history = awaitHistory(Senders.enerflo(body.replace('\'', '"')));

    assertThat(history.path("state").asText()).isEqualTo("dead");
    assertThat(history.path("reason").asText()).contains(reason);
  }

  @Test
  void aMilestoneWithoutANameIsADeadLetterThatNamesItsId() {
    String receipt =
        Senders.enerflo(
            "{\"webhook_event\":\"project_milestone_updated\",\"id\":%s,\"stage\":\"PTO\"}"
                .formatted(install));

    JsonNode history = awaitHistory(receipt);
    assertThat(history.path("state").asText()).isEqualTo("dead");
    assertThat(history.path("reason").asText()).contains("names no milestone", "milestone_id");
    var letter =
        TopicRecordReader.awaitRecord(
            "solar.dead-letters", r -> new String(r.value()).contains("\"id\":" + install));
    assertThat(TopicRecordReader.header(letter, "relay_stage")).isEqualTo("translate");
  }

  private String numbered(String status) {
    return sample("update_install").replace("\"status_id\":4", "\"status_id\":" + status);
  }

  private String installInEnerflo() {
    return json(sample("new_install")).toString();
  }

  /** The sample of the webhook, with the ids of this test's project. */
  private String sample(String name) {
    return Webhooks.sampleJson("enerflo", name)
        .toString()
        .replace(DEAL, deal)
        .replace("\"id\":901,", "\"id\":" + install + ",")
        .replace("\"epc_install_id\":901", "\"epc_install_id\":" + install);
  }

  /** The only callback of the webhook with this receipt. */
  private static JsonNode callback(String receipt) {
    JsonNode delivery = awaitDelivery(receipt, "crm");
    assertThat(delivery.path("state").asText()).as("%s", delivery).isEqualTo("delivered");
    return json(VendorStubs.callback(delivery.path("eventId").asText()).getBodyAsString());
  }

  private static List<JsonNode> callbacks(String subject, String type) {
    return VendorStubs.sent("/crm", subject).stream()
        .map(call -> json(call.getBodyAsString()))
        .filter(event -> event.path("type").asText().equals(type))
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
