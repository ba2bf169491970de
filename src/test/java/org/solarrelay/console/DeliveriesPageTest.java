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
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DeliveriesPageTest {

  private static final String PAGE = "/console/deliveries";
  private static final Pattern ROW = Pattern.compile("<tr>\\s*<td><a[^>]*>\\d+</a></td>");

  private final String subject = "ann-" + UUID.randomUUID() + "@example.com";

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void emptyFieldsOfTheFormSelectEverythingAndTimesAreInUtc() {
    deliver();
    String empty = "&state=&destination=&type=&reason=&status=&until=";

    assertThat(rows(page(subject, "since=2020-01-31T08:00" + empty))).isPositive();
    assertThat(rows(page(subject, "since=2999-01-31T08:00" + empty))).isZero();
    page(subject, "since=2020-01-31T08:00")
        .then()
        .body(containsString("type=\"datetime-local\" value=\"2020-01-31T08:00\""));
  }

  @Test
  void theListMasksWhatTheExportHoldsInFull() {
    deliver();

    page(subject, "state=").then().body(containsString("crm: a…@example.com"));
    export("operator-token", "csv")
        .then()
        .statusCode(200)
        .contentType("text/csv")
        .body(containsString("\"" + subject + "\""));
    export("operator-token", "json")
        .then()
        .contentType("application/json")
        .body("subject[0]", equalTo(subject));
    int listed = rows(page(subject, "state="));
    export("operator-token", "json").then().body("$", hasSize(listed));
    assertThat(export("operator-token", "xml").statusCode()).isEqualTo(400);
  }

  @Test
  void aViewerGetsNoExportAndNoReplay() {
    String viewer = IDENTITY.token("vera", "viewer");

    assertThat(export(viewer, "csv").statusCode()).isEqualTo(403);
    as(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post(PAGE + "/replay?count=1")
        .then()
        .statusCode(403);
    as(viewer)
        .get(PAGE)
        .then()
        .statusCode(200)
        .body(not(containsString("Replay all")), not(containsString("Export CSV")));
  }

  @ParameterizedTest
  @CsvSource({
    "status=abc, status is an HTTP status",
    "state=late, state is one of",
    "since=yesterday, since is a time",
    "cursor=x, cursor is a number",
    "email=a, There is no query parameter email",
  })
  void aWrongFilterIsAnErrorThatNamesIt(String query, String detail) {
    as("operator-token")
        .get(PAGE + "?" + query)
        .then()
        .statusCode(400)
        .contentType("text/html")
        .body(containsString(detail));
  }

  @Test
  void aReplayTakesNoMoreThanWasConfirmed() {
    Response replay =
        as("operator-token")
            .header("Sec-Fetch-Site", "same-origin")
            .queryParam("subject", subject)
            .post(PAGE + "/replay?count=0");

    assertThat(replay.statusCode()).isEqualTo(409);
  }

  private void deliver() {
    String lead = "{\"email\":\"ann@example.com\",\"fullName\":\"Ann Lee\"}";
    String event = Producers.event("crm", EventType.LEAD_SUBMITTED, subject, lead);
    HistoryClient.awaitDelivery(event, "enerflo");
  }

  private Response export(String token, String format) {
    return as(token).queryParam("subject", subject).get(PAGE + "/export?format=" + format);
  }

  private static Response page(String subject, String query) {
    return as("operator-token").queryParam("subject", subject).get(PAGE + "?" + query);
  }

  private static int rows(Response page) {
    assertThat(page.statusCode()).isEqualTo(200);
    Matcher row = ROW.matcher(page.asString());
    return (int) row.results().count();
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
