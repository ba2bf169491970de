package org.solarrelay.search;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SearchResourceTest {

  private final String subject = UUID.randomUUID().toString().substring(0, 13);
  private final String email = subject + "@example.com";
  private final String lastName = letters(subject);
  private final String phone = "415 2%06d".formatted(Math.abs(subject.hashCode()) % 1_000_000);

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void aCustomerIsFoundByEmailPhoneNameAndId() {
    String event = lead();

    assertFound(email.toUpperCase(), "e-mail", event);
    assertFound("+1 (415) " + phone.substring(4), "phone", event);
    assertFound(lastName + ", Ada", "name", event);
    assertFound(lastName.toUpperCase(), "name", event);
    assertFound(subject, "id of a record", event);
  }

  private void assertFound(String text, String kind, String event) {
    search(text)
        .statusCode(200)
        .body("takenFor", hasItem(kind))
        .body("records[0].kind", equalTo("customer"))
        .body("records[0].ids.id", hasItem(subject))
        .body("events.id", hasItem(event))
        .body("events.find { it.id == '%s' }.type".formatted(event), equalTo("lead.submitted"))
        .body(
            "events.find { it.id == '%s' }.deliveries.destination".formatted(event),
            hasItem("enerflo"));
  }

  @Test
  void anEventIsFoundByItsIdItsDeliveryAndItsPosition() {
    String event = lead();
    String delivery = HistoryClient.awaitDelivery(event, "enerflo").path("id").asText();
    String place = HistoryClient.history(event).path("events").get(0).path("place").asText();

    search(event).body("takenFor", contains("event id")).body("events.id", contains(event));
    search(delivery).body("takenFor", hasItem("delivery number")).body("events.id", hasItem(event));
    search(place)
        .body("takenFor", contains("topic-partition-offset"))
        .body("events.id", hasItem(event));
  }

  @Test
  void aMessageThatIsNoEventIsFound() {
    var sent = Producers.send("solar.leads", subject, "{\"email\":1}");
    String place = "%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset());
    HistoryClient.awaitHistory(place);

    search(place).body("messages", contains(place)).body("events", empty());
  }

  @Test
  void nothingFoundNamesWhatTheTextWasTakenFor() {
    search("unknown-" + email)
        .statusCode(200)
        .body("takenFor", hasItem("e-mail"))
        .body("records", hasSize(0))
        .body("events", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\u0000b", "%", "_"})
  void aTextIsNoPattern(String text) {
    boolean valid = text.equals("%") || text.equals("_");
    search(text).statusCode(valid ? 200 : 400);
    if (valid) {
      search(text).body("records", empty()).body("events", empty());
    }
  }

  @Test
  void theTextIsInTheBodyOnly() {
    given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body("{}")
        .post("/api/search?text=" + subject)
        .then()
        .statusCode(400)
        .body("detail", containsString("no query parameter"));
  }

  private String lead() {
    String event =
        Producers.event(
            "crm",
            EventType.LEAD_SUBMITTED,
            subject,
            """
            {"email":"%s","fullName":"Ada %s","phone":"%s"}
            """
                .formatted(email, lastName, phone));
    HistoryClient.awaitHistory(event);
    HistoryClient.awaitDelivery(event, "enerflo");
    return event;
  }

  private static ValidatableResponse search(String text) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body(Map.of("text", text))
        .post("/api/search")
        .then();
  }

  /** A name without digits. */
  private static String letters(String text) {
    StringBuilder letters = new StringBuilder("Q");
    text.chars().forEach(c -> letters.append((char) ('a' + c % 26)));
    return letters.toString();
  }
}
