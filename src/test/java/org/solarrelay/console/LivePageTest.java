package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

/** The page Live without a browser. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class LivePageTest {

  private final String name = UUID.randomUUID().toString().substring(0, 13);

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void eventsAndEndsAreShownMaskedToViewers() {
    String event = lead();

    page("vera", "viewer", "destination=enerflo")
        .body(containsString(">lead.submitted</a>"), containsString("…@" + name + ".example"))
        .body(containsString(">delivered</span>"), not(containsString("ann@")));
    page("vera", "viewer", "source=crm&type=lead.submitted")
        .body(containsString("href=\"/console/events/" + event + "\""))
        .body(containsString("data-changes=\"deliveries events messages\""));
    page("vera", "viewer", "source=no-such-source").body(containsString("Nothing has come in."));
  }

  @Test
  void aPausedPageShowsWhatWasThereAndDoesNotRenewItself() {
    String before = Instant.now().toString();
    String event = lead();

    page("omar", "operator", "source=crm&paused=" + before)
        .body(not(containsString(event)), not(containsString("data-changes")))
        .body(containsString("href=\"/console/live?source=crm\">Resume</a>"));
    page("omar", "operator", "source=crm&paused=" + Instant.now()).body(containsString(event));
    given()
        .auth()
        .oauth2(IDENTITY.token("omar", "operator"))
        .get("/console/live?paused=yes")
        .then()
        .statusCode(400)
        .body(containsString("paused is a time with offset"));
  }

  private String lead() {
    String event =
        Producers.event(
            "crm",
            EventType.LEAD_SUBMITTED,
            "ann@" + name + ".example",
            "{\"email\":\"ann@%s.example\"}".formatted(name));
    HistoryClient.awaitDelivery(event, "enerflo");
    return event;
  }

  private static ValidatableResponse page(String user, String role, String query) {
    return given()
        .auth()
        .oauth2(IDENTITY.token(user, role))
        .get("/console/live?" + query)
        .then()
        .statusCode(200);
  }
}
