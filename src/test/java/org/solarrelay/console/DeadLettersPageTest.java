package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.database.Sql;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DeadLettersPageTest {

  private static final Logger LOG = Logger.getLogger(DeadLettersPageTest.class);
  private static final String HOSTILE = "<script>alert(1)</script>";

  @Inject DataSource database;

  private final String stage =
      "stage-" + UUID.randomUUID().toString().replaceAll("\\d", "x").substring(0, 8);

  @BeforeEach
  void aDeadMessage() throws SQLException {
    HistoryClient.awaitDatabase();
    execute(
        """
        insert into set_aside (id, stage, source, state, reason, at)
        values (:stage, :stage, 'flip', 'dead', 'no ' || :hostile || ' of 4711', now())
        """);
  }

  @AfterEach
  void noDeadMessage() throws SQLException {
    execute("delete from set_aside where id = :stage and :hostile <> ''");
  }

  @Test
  void aHostileReasonIsShownAsText() {
    page("operator-token")
        .then()
        .statusCode(200)
        .body(containsString("no &lt;script&gt;alert(…)&lt;/script&gt; of …"))
        .body(not(containsString(HOSTILE)));
  }

  @Test
  void fiveThousandDeadLettersInFortyGroupsAreAllCountedFast() throws SQLException {
    execute(
        """
        insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
          timestamp_ms, headers, value, recorded_at, facets)
        select :stage, 'e' || n, 'lead.submitted', 's' || n, now(), 'solar.leads', 77, n, 0, '[]', '{}',
          now(), '{}'
        from generate_series(1, 5000) n where :hostile <> ''
        """);
    execute(
        """
        insert into delivery_ledger (id, late, source, event_id, destination, record, state, attempts,
          reason, created_at)
        select nextval('delivery_number'), false, :stage, 'e' || n, :stage, 's' || n, 'dead', 1,
          'crm returned ' || 400 + n % 40 || ': a' || n || '@example.com is wrong', now()
        from generate_series(1, 5000) n where :hostile <> ''
        """);
    try {
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Response page = page("operator-token");
        assertThat(
                Pattern.compile("<td>deliver: %s</td>.*?>125</td>".formatted(stage), Pattern.DOTALL)
                    .matcher(page.asString())
                    .results())
            .hasSize(40);
        times.add(page.time());
      }
      LOG.infof("5,000 dead letters in 40 groups: %s ms", times);
      assertThat(Collections.min(times)).isLessThan(1_000);
    } finally {
      execute("delete from delivery_ledger where source = :stage and :hostile <> ''");
      execute("delete from event where source = :stage and :hostile <> ''");
    }
  }

  @Test
  void aMessageWithoutBytesIsCountedAndNotReplayed() {
    String group = group();

    as("operator-token")
        .get(group + "/replay")
        .then()
        .statusCode(200)
        .body(containsString("None of this group can be replayed"));
    as("operator-token")
        .get(group + "/preview")
        .then()
        .statusCode(200)
        .body(containsString("The relay does not have the message's bytes"));
    change("operator-token", group + "/replay?count=0").then().statusCode(409);
    change("operator-token", "/console/dead/unknown/replay?count=1").then().statusCode(404);
  }

  @Test
  void anAcknowledgedGroupShowsWhoAndWhyAndOpensAgainWithItsNextDeadLetter() throws SQLException {
    String group = group();
    assertThat(row()).contains("open").doesNotContain("acknowledged");

    as("operator-token")
        .header("Sec-Fetch-Site", "same-origin")
        .redirects()
        .follow(false)
        .formParam("note", "wait " + HOSTILE)
        .post(group + "/acknowledge")
        .then()
        .statusCode(303);

    assertThat(row()).contains("acknowledged by", "wait &lt;script&gt;").contains(">Reopen<");
    api("?state=acknowledged&stage=" + stage)
        .then()
        .body("items", hasSize(1))
        .body("items[0].note", equalTo("wait " + HOSTILE))
        .body("items[0].reopened", equalTo(false));
    api("?state=open&stage=" + stage).then().body("items", hasSize(0));

    execute("update set_aside set recorded_at = now() where id = :stage and :hostile <> ''");

    assertThat(row()).contains("reopened: it recurs", "acknowledged by", ">Acknowledge<");
    api("?stage=" + stage)
        .then()
        .body("items[0].state", equalTo("open"))
        .body("items[0].reopened", equalTo(true));
  }

  @Test
  void aRunningReplayIsNamedUntilItEnds() throws SQLException {
    String words = "Replay \\d+</a> is running: 0 of 7 messages processed";
    execute(
        """
        insert into bulk_replay (what, filter, from_state, matched, selected, state, by, changed_at)
        select 'messages', :stage, 'dead', 7, 7, 'running', 'ada', now() + interval '1 h'
        where :hostile <> ''
        """);

    assertThat(page("operator-token").asString()).containsPattern(words);
    execute("delete from bulk_replay where filter = :stage and :hostile <> ''");
    assertThat(page("operator-token").asString()).doesNotContainPattern(words);
  }

  @Test
  void aGroupIsReopenedByAnOperator() {
    String group = group();
    change("operator-token", group + "/acknowledge").then().statusCode(303);

    change("operator-token", group + "/reopen").then().statusCode(303);

    assertThat(row()).contains("reopened by");
    change("operator-token", group + "/reopen").then().statusCode(409);
  }

  @Test
  void aFingerprintSelectsTheMessagesOfItsGroup() {
    String fingerprint = group().replaceAll(".*/", "");

    as("operator-token")
        .get("/api/events?fingerprint=" + fingerprint)
        .then()
        .body("items.id", equalTo(List.of(stage)));
    as("operator-token")
        .get("/api/events?fingerprint=000000000000")
        .then()
        .body("items", hasSize(0));
  }

  @Test
  void aViewerSeesTheGroupsAndCannotAct() {
    String viewer = IDENTITY.token("vera", "viewer");

    page(viewer).then().statusCode(200).body(not(containsString(">Replay</button>")));
    change(viewer, group() + "/replay?count=1").then().statusCode(403);
    change(viewer, group() + "/acknowledge").then().statusCode(403);
    as(viewer).get(group() + "/preview").then().statusCode(403);
  }

  private String group() {
    Pattern row =
        Pattern.compile(
            "<td>%s: flip</td>.*?(/console/dead/[\\w-]+)/replay".formatted(stage), Pattern.DOTALL);
    Matcher found = row.matcher(page("operator-token").asString());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /** The group's row of the table. */
  private String row() {
    Pattern row = Pattern.compile("<td>%s: flip</td>(.*?)</tr>".formatted(stage), Pattern.DOTALL);
    Matcher found = row.matcher(page("operator-token").asString());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static Response api(String query) {
    return as("operator-token").get("/api/dead-groups" + query);
  }

  private static Response page(String token) {
    return as(token).get("/console/dead");
  }

  private static Response change(String token, String path) {
    return as(token).header("Sec-Fetch-Site", "same-origin").redirects().follow(false).post(path);
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.of(sql)
          .update(connection, parameters -> parameters.set("stage", stage).set("hostile", HOSTILE));
    }
  }
}
