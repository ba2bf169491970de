package org.solarrelay.dryrun;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.RelayEnvironment.VENDORS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;
import org.solarrelay.topic.client.KafkaClients;
import org.solarrelay.topic.client.StageTopics;
import org.solarrelay.topic.client.Topics;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class PreviewResourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Identity identity;
  @Inject DataSource database;
  @Inject Topics topics;
  @Inject KafkaClients clients;
  @Inject StageTopics stageTopics;

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void theLatestMessagesOfACustomTopicCanBePreviewed() throws Exception {
    String topic = "solar.preview-" + UUID.randomUUID();
    topics.prepare(List.of(topic));
    Producers.send(topic, "K-1", "no json");
    Producers.send(topic, "K-1", "{\"permit\":\"approved\"}", Map.of("city", "Provo"));
    stageTopics.add("consume-preview", List.of(topic));

    JsonNode items =
        JSON.readTree(
                given()
                    .header("Authorization", "Bearer operator-token")
                    .get("/api/preview/messages?route=consume-preview")
                    .asString())
            .path("items");
    stageTopics.remove("consume-preview");

    assertThat(items).hasSize(2);
    assertThat(items.findValuesAsText("about")).containsOnly("message on " + topic);
    JsonNode approved =
        items.get(0).at("/message/message/body").isObject() ? items.get(0) : items.get(1);
    assertThat(approved.at("/message/message/key").asText()).isEqualTo("K-1");
    assertThat(approved.at("/message/message/headers/city").asText()).isEqualTo("Provo");
    assertThat(approved.at("/message/message/body/permit").asText()).isEqualTo("approved");
    assertThat(items.findValuesAsText("body")).contains("no json");
  }

  @Test
  void aRouteThatIsNotInForceYetGetsTheMessagesOfItsTopicAndMakesNoTopic() throws Exception {
    String topic = "solar.preview-" + UUID.randomUUID();
    topics.prepare(List.of(topic));
    Producers.send(topic, "K-1", "{\"permit\":\"approved\"}");
    String missing = topic + "-missing";

    JsonNode items = messages("consume-none", topic + "," + missing);

    assertThat(items).hasSize(1);
    assertThat(items.get(0).at("/message/message/topic").asText()).isEqualTo(topic);
    try (Admin admin = clients.admin()) {
      assertThat(admin.listTopics().names().get()).contains(topic).doesNotContain(missing);
    }
    given()
        .header("Authorization", "Bearer operator-token")
        .get("/api/preview/messages?route=consume-none&topic=__consumer_offsets")
        .then()
        .statusCode(400)
        .body(
            "detail", org.hamcrest.Matchers.startsWith("topic is a topic that a route begins at"));
  }

  private static JsonNode messages(String route, String topic) throws Exception {
    return JSON.readTree(
            given()
                .header("Authorization", "Bearer operator-token")
                .get("/api/preview/messages?route=%s&topic=%s".formatted(route, topic))
                .asString())
        .path("items");
  }

  @Test
  void aMessageNeedsARouteThatReadsItsTopic() {
    given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body("{\"message\":{\"topic\":\"solar.permits\",\"body\":{}}}")
        .post("/api/preview")
        .then()
        .statusCode(400)
        .body("detail", org.hamcrest.Matchers.startsWith("no route begins at topic:solar.permits"));
  }

  @Test
  void aWebhookShowsItsEventAndEveryRequestAndNothingIsSentOrStored() throws Exception {
    String lead = UUID.randomUUID().toString();

    JsonNode json =
        preview(
            "{\"webhook\":{\"source\":\"leads\",\"body\":{\"id\":\"%s\",\"email\":\"a@example.com\",\"firstName\":\"Ada\",\"lastName\":\"Example\",\"phone\":\"8015550142\"}}}"
                .formatted(lead));

    assertThat(json.path("outcome").asText()).isEqualTo("translated");
    JsonNode event = json.at("/events/0");
    assertThat(event.at("/event/type").asText()).isEqualTo("lead.submitted");
    assertThat(event.path("deliveries").findValuesAsText("destination"))
        .containsExactly("enerflo", "solarproof", "crm");
    JsonNode enerflo = event.at("/deliveries/0/requests/0");
    assertThat(enerflo.path("url").asText())
        .isEqualTo(VENDORS.baseUrl() + "/api/v1/partner/action/lead/add");
    assertThat(enerflo.at("/headers/api-key").asText()).isEqualTo("***");
    assertThat(enerflo.at("/body/lead/integration_record_id").asText()).isEqualTo("web:" + lead);
    assertThat(event.at("/deliveries/2/requests/0/url").asText())
        .isEqualTo(VENDORS.baseUrl() + "/crm");
    assertThat(event.at("/notHeardBy/flip").asText()).contains("fan-out");
    VENDORS.verify(0, anyRequestedFor(anyUrl()));
    assertThat(rowsAbout(lead)).isZero();
  }

  @Test
  void noSecretIsShown() throws Exception {
    for (String file : List.of("event-lead.submitted.json", "event-enrollment.changed.json")) {
      String message = "{\"event\":%s}".formatted(sample(file).replace("\"crm\"", "\"planner\""));

      assertThat(preview(message).toString())
          .contains("***")
          .doesNotContain("-test-key")
          .doesNotContain("dGVzdC1zZWNyZXQtb2YtdGhlLWNybQ");
    }
  }

  @Test
  void knownIdsOfTheDatabaseAreUsed() throws Exception {
    String project = UUID.randomUUID().toString();
    String install = "7" + (project.hashCode() & Integer.MAX_VALUE);
    identity.link(
        List.of(
            new IdentityLink(
                List.of(
                    new ExternalId("crm.project", project, "test"),
                    new ExternalId("enerflo.install", install, "test")),
                null,
                null)));

    JsonNode json =
        preview(
            "{\"event\":{\"topic\":\"solar.projects\",\"key\":\"%s\",\"data\":{\"type\":\"project.note-added\",\"note\":\"x\"}}}"
                .formatted(project));

    assertThat(json.at("/events/0/deliveries/0/requests/0/url").asText())
        .endsWith("/api/v3/installs/" + install + "/notes");
    assertThat(json.at("/events/0/notHeardBy/crm").asText())
        .isEqualTo("the event comes from there");
  }

  @Test
  void theReasonOfAMissingRequestIsShown() throws Exception {
    JsonNode json =
        preview("{\"webhook\":{\"source\":\"enerflo\",\"body\":{\"webhook_event\":\"new_note\"}}}");
    assertThat(json.path("outcome").asText()).isEqualTo("ignored");
    assertThat(json.path("reason").asText()).isEqualTo("new_note is not used");

    json = preview("{\"event\":{\"type\":\"lead.lost\",\"source\":\"crm\",\"data\":{}}}");
    assertThat(json.path("outcome").asText()).isEqualTo("dead");
    assertThat(json.path("reason").asText()).contains("lead.lost");

    json =
        preview(
            "{\"event\":{\"type\":\"lead.submitted\",\"source\":\"crm\",\"data\":{\"lastName\":\"Roe\"}}}");
    assertThat(json.at("/events/0/deliveries/1/outcome").asText()).isEqualTo("dead");
    assertThat(json.at("/events/0/deliveries/1/reason").asText()).contains("lacks email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                               | not JSON",
        "{}                                              | it needs a webhook, an event or a message, and one of them only",
        "{\"webhook\":{\"body\":{}}}                     | webhook needs \"source\"",
        "{\"webhook\":{\"source\":\"acme\",\"body\":{}}} | must be one of [enerflo, flip, leads, solarproof]",
        "{\"webhok\":{}}                                 | it cannot have \"webhok\"; it may have [approved, event, knownIds, message, webhook]",
        "{\"event\":{\"sample\":\"../x\",\"data\":{}}}   | event"
      })
  void invalidInputIsRejectedWithWhatIsExpected(String body, String expected) {
    Response response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.path("detail").toString()).contains(expected).contains("Send {\"webhook\"");
  }

  @Test
  void aPreviewWithoutTheTokenIsRejected() {
    assertThat(given().contentType("application/json").body("{}").post("/api/preview").statusCode())
        .isEqualTo(401);
  }

  private int rowsAbout(String subject) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from event where subject = '%s'".formatted(subject))) {
      row.next();
      return row.getInt(1);
    }
  }

  private static JsonNode preview(String message) throws IOException {
    Response answer = post(message);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return JSON.readTree(answer.asByteArray());
  }

  private static Response post(String body) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body(body)
        .post("/api/preview");
  }

  private static String sample(String file) throws IOException {
    return Files.readString(Path.of("routes/samples", file));
  }
}
