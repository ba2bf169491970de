package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

/** The pages Search and Record without a browser. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SearchPageTest {

  private static final String OPERATOR = "operator-token";

  private final String subject = UUID.randomUUID().toString().substring(0, 13);
  private final String email = "z" + subject + "@example.com";
  private String eventId;

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void aSearchLeadsToIdsAndAViewerMaySearch() {
    lead(subject);
    String viewer = IDENTITY.token("vera", "viewer");

    Response found = search(viewer, email);

    assertThat(found.statusCode()).isEqualTo(303);
    assertThat(location(found)).contains("as=e-mail", "records=").doesNotContain("example.com");
    page(viewer, location(found))
        .body(containsString("took the text for: e-mail"))
        .body(containsString("z…@example.com"), not(containsString(email)))
        .body(containsString("crm.lead " + subject), containsString(">lead.submitted</a>"));
  }

  @Test
  void theRecordShowsItsDataToOperatorsInFullAndMaskedToViewers() {
    lead(subject);
    String record = "/console/records/crm/" + subject;

    page(OPERATOR, record)
        .body(containsString(email), containsString("lead.submitted"))
        .body(containsString("enerflo: delivered"), containsString("Remove"));
    page(IDENTITY.token("vera", "viewer"), record)
        .body(containsString("z…@example.com"), not(containsString(email)))
        .body(not(containsString("Remove")), not(containsString("Move an id")));
  }

  @Test
  void theAddressOfARecordWithAPersonalIdIsItsNumber() {
    lead(email);

    String result = location(search(OPERATOR, email));
    String body = page(OPERATOR, result).extract().asString();

    assertThat(result).doesNotContain("example.com");
    assertThat(body).containsPattern("href=\"/console/records/(relay/\\d+|enerflo[^\"@]+)\"");
    assertThat(body).doesNotContain(email);
  }

  @Test
  void nothingFoundSaysWhatTheTextWasTakenFor() {
    page(OPERATOR, location(search(OPERATOR, "unknown-" + email)))
        .body(containsString("Nothing was found. The relay took the text for: e-mail"));
    assertThat(URI.create(search(OPERATOR, " ").header("Location")).getPath())
        .isEqualTo("/console/search");
  }

  @Test
  void anUnknownRecordIsAPageWith404() {
    as(OPERATOR).get("/console/records/crm/none-" + subject).then().statusCode(404);
    as(OPERATOR).get("/console/records/relay/0").then().statusCode(404);
    as(OPERATOR).get("/console/search?as=e-mail&records=x").then().statusCode(400);
  }

  @Test
  void anOperatorErasesThePersonOfARecordAfterACount() {
    lead(subject);
    String number = location(search(OPERATOR, email)).replaceFirst(".*records=(\\d+).*", "$1");
    String path = "/console/records/relay/" + number + "/erase";

    page(OPERATOR, "/console/records/crm/" + subject).body(containsString(path));
    page(IDENTITY.token("vera", "viewer"), "/console/records/crm/" + subject)
        .body(not(containsString(path)));
    as(IDENTITY.token("vera", "viewer")).get(path).then().statusCode(403);
    page(OPERATOR, path)
        .body(containsString("z…@example.com"), not(containsString(email)))
        .body(matchesPattern("(?s).*>Erase \\d+ records? and \\d+ events?<.*"));

    as(OPERATOR)
        .header("Sec-Fetch-Site", "same-origin")
        .post(path)
        .then()
        .statusCode(200)
        .body(containsString("The person is erased."), not(containsString(email)));

    page(OPERATOR, location(search(OPERATOR, email))).body(containsString("Nothing was found"));
    page(OPERATOR, "/console/records/crm/" + subject).body(not(containsString(email)));
    String event = HistoryClient.history(eventId).path("id").asText();
    page(OPERATOR, "/console/events/" + event)
        .body(containsString("<dd>erased</dd>"), not(containsString(">Replay</button>")))
        .body(not(containsString(email)));
    as(OPERATOR).get("/console/records/relay/0/erase").then().statusCode(404);
  }

  private void lead(String about) {
    eventId =
        Producers.event(
            "crm", EventType.LEAD_SUBMITTED, about, "{\"email\":\"%s\"}".formatted(email));
    HistoryClient.awaitDelivery(eventId, "enerflo");
    HistoryClient.awaitDelivery(eventId, "solarproof");
  }

  private static Response search(String token, String text) {
    return as(token)
        .header("Sec-Fetch-Site", "same-origin")
        .formParam("q", text)
        .post("/console/search");
  }

  private static String location(Response response) {
    URI uri = URI.create(response.header("Location"));
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static ValidatableResponse page(String token, String path) {
    return as(token).urlEncodingEnabled(false).get(path).then().statusCode(200);
  }

  private static RequestSpecification as(String token) {
    return given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
        .header("Authorization", "Bearer " + token);
  }
}
