package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.database.HeadersJson;
import org.solarrelay.database.Sql;

/** The preview of messages that became no event, on their story and on the page Dead letters. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class MessagePreviewPageTest {

  private static final String LEAD =
      """
      {"fullName":"<b>Ann</b> Lee","email":"ann@b.example","mobile":"415 555 0144"}""";

  @Inject DataSource database;

  private final String id = "preview-" + UUID.randomUUID();

  @BeforeEach
  void awaitDatabase() {
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void removeMessage() throws SQLException {
    execute("delete from set_aside where id = :id", Map.of());
  }

  @Test
  void aWebhookThatTheRoutesTranslateNowShowsItsEventAndEachRequest() throws SQLException {
    store("translate", "solar.inbox", Map.of("relay_source", "leads"), LEAD);

    preview("operator-token")
        .statusCode(200)
        .body(
            stringContainsInOrder("events</span>", "lead.submitted to ", "crm", "enerflo"),
            stringContainsInOrder("<h3>enerflo</h3>", "delivered", "POST http"),
            containsString("&lt;b&gt;Ann"),
            not(containsString("<b>Ann")));
  }

  @Test
  void aWebhookThatIsNoJsonStaysDead() throws SQLException {
    store("translate", "solar.inbox", Map.of("relay_source", "leads"), "{\"fullName\"");

    preview("operator-token").statusCode(200).body(containsString("bad\">dead</span>"));
  }

  @Test
  void aMessageOfATopicOfEventsShowsTheDeliveriesOfItsEvent() throws SQLException {
    store("fan-out", "solar.leads", Map.of(), LEAD);

    preview("operator-token")
        .statusCode(200)
        .body(stringContainsInOrder("lead.submitted to ", "<h3>enerflo</h3>"));
  }

  @Test
  void aMessageThatIsNoEventStaysDead() throws SQLException {
    store("fan-out", "solar.projects", Map.of("ce_specversion", "1.0"), "{}");

    preview("operator-token").statusCode(200).body(containsString("bad\">dead</span>"));
  }

  @Test
  void aGroupOfMessagesShowsWhatTheNewestWouldBecome() throws SQLException {
    store("translate", "solar.inbox", Map.of("relay_source", "leads"), LEAD);

    given()
        .header("Authorization", "Bearer operator-token")
        .get(group() + "/preview")
        .then()
        .statusCode(200)
        .body(
            stringContainsInOrder(id, "no route", "events", "lead.submitted to ", "POST http"),
            not(containsString("ann@b.example")));
  }

  @Test
  void theStoryLeadsToThePreviewAndAViewerDoesNotSeeIt() throws SQLException {
    store("translate", "solar.inbox", Map.of("relay_source", "leads"), LEAD);
    String viewer = IDENTITY.token("vera", "viewer");

    story("operator-token").body(containsString(id + "/preview\""));
    story(viewer).body(not(containsString(id + "/preview\"")));
    preview(viewer).statusCode(403);
  }

  @Test
  void aMessageWithoutBytesHasNoPreview() throws SQLException {
    execute(
        """
        insert into set_aside (id, stage, source, state, reason, at)
        values (:id, 'translate', 'leads', 'dead', 'no route', now())
        """,
        Map.of());

    preview("operator-token").statusCode(404);
  }

  private void store(String stage, String topic, Map<String, String> headers, String value)
      throws SQLException {
    Headers all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
    execute(
        """
        insert into set_aside (id, stage, source, state, reason, at, topic, headers, value)
        values (:id, :stage, :id, 'dead', 'no route', now(), :topic, :headers, :value)
        """,
        Map.of(
            "stage",
            stage,
            "topic",
            topic,
            "headers",
            HeadersJson.write(all),
            "value",
            value.getBytes(StandardCharsets.UTF_8)));
  }

  private void execute(String sql, Map<String, Object> values) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.of(sql).update(connection, parameters -> parameters.setAll(values).set("id", id));
    }
  }

  private ValidatableResponse story(String token) {
    return given()
        .header("Authorization", "Bearer " + token)
        .get("/console/events/" + id)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse preview(String token) {
    return given()
        .header("Authorization", "Bearer " + token)
        .get("/console/events/" + id + "/preview")
        .then();
  }

  /** The address of the message's group. */
  private String group() {
    Matcher row =
        Pattern.compile("%s</td>.*?(/console/dead/[\\w-]+)/replay".formatted(id), Pattern.DOTALL)
            .matcher(
                given()
                    .header("Authorization", "Bearer operator-token")
                    .get("/console/dead")
                    .asString());
    row.find();
    return row.group(1);
  }
}
