package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

/** The page Activity and {@code GET /api/activity}: who did what, whichever way it came. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ActivityPageTest {

  private static final String PAGE = "/console/activity";
  private static final String OPERATOR = "operator-token";

  private final String who = "ada-" + UUID.randomUUID();
  private final String subject = UUID.randomUUID().toString();

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void flipGoesOn() {
    as(OPERATOR).post("/api/destinations/flip/resume");
  }

  @Test
  void aChangeByTheApiCarriesXOperator() {
    as(OPERATOR)
        .header("X-Operator", who)
        .contentType("application/json")
        .body("{\"reason\":\"maintenance\"}")
        .post("/api/destinations/flip/pause");
    as(OPERATOR).header("X-Operator", who).post("/api/destinations/flip/resume");

    assertThat(activities(who))
        .containsExactly("resume destination flip", "pause destination flip");
    assertThat(list(who).jsonPath().getString("items[1].details")).isEqualTo("maintenance");
  }

  @Test
  void aChangeInTheConsoleCarriesTheNameOfTheSignIn() {
    String session = signIn(who);
    change(session, "/console/destinations/flip/pause");
    change(session, "/console/sign-out");

    await()
        .untilAsserted(
            () ->
                assertThat(activities(who))
                    .containsExactlyInAnyOrder(
                        "sign-in console null", "pause destination flip", "sign-out console null"));
  }

  @Test
  void aUserOfTheIdentityProviderCarriesItsName() {
    as(IDENTITY.token(who, "operator"))
        .header("X-Operator", "somebody else")
        .post("/api/destinations/flip/pause");
    as(IDENTITY.token(who, "operator"))
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/destinations/flip/resume");

    assertThat(activities(who))
        .containsExactly("resume destination flip", "pause destination flip");
  }

  @Test
  void aWrongTokenIsNoSignIn() {
    given().formParam("token", "wrong").formParam("name", who).post("/login");
    signIn(who);

    await().until(() -> activities(who).size() == 1);
  }

  @Test
  void linksOfRecordsAreNamedByTheRelaysNumber() {
    String email = subject + "@example.com";
    String body = "{\"ids\":{\"crm.project\":\"p-%s\"}}".formatted(subject);
    Response put =
        as(OPERATOR)
            .header("X-Operator", who)
            .contentType("application/json")
            .body(body)
            .put("/api/records/crm.install/" + email);
    int record = put.path("items[0].record");
    as(OPERATOR)
        .header("X-Operator", who)
        .delete("/api/records/crm.install/" + email)
        .then()
        .statusCode(204);

    assertThat(activities(who)).containsExactly("unlink record " + record, "link record " + record);
    list(who)
        .then()
        .body("items.details", equalTo(List.of("crm.install", "crm.project")))
        .body(not(containsString(email)));
  }

  @Test
  void aViewerWhoShowsPersonalDataIsRecorded() {
    String event = lead();
    String viewer = IDENTITY.token(who, "viewer");
    String record = "/console/records/crm/" + subject;

    as(viewer).get(record).then().body(not(containsString("ann@example.com")));
    as(viewer).get("/console/events/" + event).then().statusCode(200);
    assertThat(activities(who)).isEmpty();
    as(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post(record + "/show")
        .then()
        .statusCode(200)
        .body(containsString("ann@example.com"), not(containsString(">Remove<")))
        .body(not(containsString("hx-get")));
    as(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/events/" + event + "/show")
        .then()
        .statusCode(200);
    as(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console/events/none/show")
        .then()
        .statusCode(404);

    assertThat(activities(who)).hasSize(2).contains("reveal story " + event);
    assertThat(activities(who).get(1)).matches("reveal record \\d+");
  }

  @Test
  void anExportIsRecordedWithItsFilterAndCount() {
    lead();
    String csv =
        as(OPERATOR)
            .header("X-Operator", who)
            .get("/console/deliveries/export?format=csv&destination=enerflo&subject=" + subject)
            .asString();
    assertThat(csv.lines()).hasSize(2);

    list(who)
        .then()
        .body("items.action", equalTo(List.of("export")))
        .body("items[0].subject", equalTo("destination=enerflo, subject=…"))
        .body("items[0].count", equalTo(1))
        .body("items[0].details", equalTo("csv"));
  }

  @Test
  void thePageShowsHostileNamesAsTextAndLinksTheSubject() {
    String hostile = "<script>alert('" + who.substring(0, 12) + "')</script>";
    as(OPERATOR)
        .header("X-Operator", hostile)
        .contentType("application/json")
        .body("{\"reason\":\"<img src=x onerror=alert(2)> ann@example.com\"}")
        .post("/api/destinations/flip/pause");

    as(OPERATOR)
        .queryParam("who", hostile)
        .get(PAGE)
        .then()
        .statusCode(200)
        .body(not(containsString("<script>alert")), not(containsString("<img")))
        .body(containsString("<a href=\"/console/destinations/flip\">destination flip</a>"))
        .body(containsString("&lt;script&gt;alert"), containsString("a…@example.com"))
        .body(containsString("data-changes=\"activity\""));
  }

  @Test
  void aViewerMayReadWhoDidWhat() {
    as(IDENTITY.token("vera", "viewer")).get(PAGE).then().statusCode(200);
  }

  @Test
  void thePagesOfTheListFollowEachOther() {
    for (int i = 0; i < 3; i++) {
      as(OPERATOR).header("X-Operator", who).post("/api/destinations/flip/pause");
      as(OPERATOR).header("X-Operator", who).post("/api/destinations/flip/resume");
    }

    Response first = as(OPERATOR).get("/api/activity?limit=4&who=" + who);
    assertThat(first.jsonPath().getList("items")).hasSize(4);
    Response second =
        as(OPERATOR)
            .get("/api/activity?limit=4&who=" + who + "&cursor=" + first.path("next").toString());
    second.then().body("items.size()", equalTo(2)).body("next", equalTo(null));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/activity?action=praise, action is one of",
    "/api/activity?since=yesterday, since is a time",
    "/api/activity?cursor=x, cursor is a number",
    "/api/activity?name=ada, 'There is no query parameter name; there are action, cursor, limit,"
        + " since, until, who'",
    "/console/activity?action=praise, action is one of",
    "/console/activity?name=ada, There is no query parameter name",
  })
  void aWrongParameterIsAnErrorThatNamesIt(String path, String detail) {
    as(OPERATOR).get(path).then().statusCode(400).body(containsString(detail));
  }

  private String lead() {
    String event =
        Producers.event(
            "crm",
            EventType.LEAD_SUBMITTED,
            subject,
            "{\"email\":\"ann@example.com\",\"fullName\":\"Ann Lee\"}");
    HistoryClient.awaitDelivery(event, "enerflo");
    return event;
  }

  private static List<String> activities(String name) {
    return list(name).jsonPath().<Map<String, Object>>getList("items").stream()
        .map(one -> one.get("action") + " " + one.get("kind") + " " + one.get("subject"))
        .toList();
  }

  private static Response list(String name) {
    return as(OPERATOR).queryParam("who", name).get("/api/activity");
  }

  private static String signIn(String name) {
    return request()
        .formParam("token", OPERATOR)
        .formParam("name", name)
        .post("/login")
        .cookie(OperatorCookie.NAME);
  }

  private static void change(String session, String path) {
    request()
        .cookie(OperatorCookie.NAME, session)
        .header("Sec-Fetch-Site", "same-origin")
        .post(path)
        .then()
        .statusCode(303);
  }

  private static RequestSpecification as(String token) {
    return request().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification request() {
    return given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)));
  }
}
