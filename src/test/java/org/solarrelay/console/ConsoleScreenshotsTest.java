package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;

/**
 * Takes the pictures in docs/images, of invented customers:
 *
 * <pre>
 * mvn test -Dtest=ConsoleScreenshotsTest -Dscreenshots.write=true
 * </pre>
 */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
@EnabledIfSystemProperty(named = "screenshots.write", matches = "true")
class ConsoleScreenshotsTest {

  private static final Path FOLDER = Path.of("docs", "images");
  private static final int LARGEST = 150_000;
  private static final int HEIGHT = 800;
  private static final String POD = "solar-relay-5c9f7d8b6-x2k4q";
  private static final List<String> NAMES =
      List.of(
          "Marisol Vance",
          "Theo Lindqvist",
          "Priya Raman",
          "Jonas Okafor",
          "Lena Fischer",
          "Caleb Stone",
          "Aiko Tanaka",
          "Nora Walsh");

  @Inject PodName pod;

  @Test
  void picturesOfTheConsole() throws IOException {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    String story = sendLeads();
    given()
        .header("Authorization", "Bearer operator-token")
        .header("X-Operator", "omar")
        .contentType("application/json")
        .body(Map.of("reason", "maintenance until 14:00"))
        .post("/api/destinations/flip/pause");
    Files.createDirectories(FOLDER);
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      take(visit, "/console", "now");
      take(visit, "/console/events/" + story, "story");
      take(visit, "/console/dead", "dead-letters");
      take(visit, "/console/live", "live");
    }
  }

  /**
   * Sends leads; Enerflo rejects some of them.
   *
   * @return the receipt of one that Enerflo has rejected
   */
  private static String sendLeads() {
    reject("\"state\":\"XX\"", "State is not valid");
    reject("Okafor", "A lead with this phone number exists");
    List<String> receipts = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      String state = i % 3 == 1 ? "XX" : "UT";
      receipts.add(
          Senders.leads(
              """
              {"id":%d,"firstName":"%s","lastName":"%s","email":"%s@example.com",
              "mobile":"80155501%02d","address":{"street":"%d Juniper Lane","city":"Lehi",
              "state":"%s","zip":"84043"}}
              """
                  .formatted(
                      7400 + i,
                      name.split(" ")[0],
                      name.split(" ")[1],
                      name.toLowerCase(Locale.ROOT).replace(' ', '.'),
                      i,
                      100 + i,
                      state)));
    }
    Senders.leads("{\"id\":7499,\"firstName\":\"Without\",\"lastName\":\"Contact\"}");
    receipts.forEach(receipt -> HistoryClient.awaitDelivery(receipt, "enerflo"));
    receipts.forEach(receipt -> HistoryClient.awaitDelivery(receipt, "solarproof"));
    return receipts.get(3);
  }

  private static void reject(String part, String message) {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .withRequestBody(containing(part))
            .willReturn(okJson("{\"result\":\"error\",\"message\":\"%s\"}".formatted(message))));
  }

  private void take(ConsoleVisit visit, String path, String name) throws IOException {
    Page page = visit.open(path);
    assertThat(visit.stream()).hasText("connected");
    page.evaluate(
        """
        ([pod, other]) => {
          document.querySelectorAll('details').forEach(details => { details.open = false; });
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            texts.currentNode.data = texts.currentNode.data.replaceAll(pod, other);
          }
        }
        """,
        List.of(pod.toString(), POD));
    Path file = FOLDER.resolve(name + ".png");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(file).setClip(0, 0, ConsoleVisit.DESK, HEIGHT));
    assertThat(Files.size(file)).as(file.toString()).isLessThan(LARGEST);
  }
}
