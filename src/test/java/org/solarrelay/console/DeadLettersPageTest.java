package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.database.Sql;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DeadLettersPageTest {

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
        .body(containsString("became no event"));
    change("operator-token", group + "/replay?count=0").then().statusCode(409);
    change("operator-token", "/console/dead/unknown/replay?count=1").then().statusCode(404);
  }

  @Test
  void aViewerSeesTheGroupsAndCannotAct() {
    String viewer = IDENTITY.token("vera", "viewer");

    page(viewer).then().statusCode(200).body(not(containsString(">Replay</button>")));
    change(viewer, group() + "/replay?count=1").then().statusCode(403);
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

  private static Response page(String token) {
    return as(token).get("/console/dead");
  }

  private static Response change(String token, String path) {
    return as(token).header("Sec-Fetch-Site", "same-origin").post(path);
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
