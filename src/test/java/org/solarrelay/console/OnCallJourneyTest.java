package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.database.Sql;
import org.solarrelay.event.EventType;

/** Journeys of somebody on call, in a Chromium: from Now to the cause, and to the replay. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OnCallJourneyTest {

  @RegisterExtension static final JourneyTimer TIMER = new JourneyTimer();

  private static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";
  private static final String HOSTILE_FILE = "\"><img src=x onerror=alert(3)>hostile.camel.yaml";

  /** No other test has a vendor respond with it, so that the group has no other deliveries. */
  private static final int STATUS = 418;

  @Inject DataSource database;

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @Test
  void deadLeadsOfOneCauseArePreviewedAndReplayedByTheirCountWithoutJavaScript() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(aResponse().withStatus(STATUS).withBody("{\"message\":\"teapot\"}")));
    for (int i = 0; i < 2; i++) {
      String lead = "{\"email\":\"a%d@b.example\"}".formatted(i);
      HistoryClient.awaitDelivery(
          Producers.event("crm", EventType.LEAD_SUBMITTED, UUID.randomUUID().toString(), lead),
          "enerflo");
    }
    VendorStubs.reset();
    try (ConsoleVisit visit = ConsoleVisit.withoutJavaScript("omar")) {
      Page page = visit.open("/console");
      page.locator("#actions a").filter(containing("returned " + STATUS)).click();
      assertThat(heading(page)).hasText("Dead letters");
      Locator group = page.getByRole(AriaRole.ROW).filter(containing("returned " + STATUS));
      assertThat(group.locator(".number")).hasText("2");

      button(group, "Preview now").click();
      assertThat(heading(page)).hasText("Preview of dead letters");
      assertThat(page.locator("tbody tr").first()).containsText("POST ");
      page.getByRole(AriaRole.LINK).filter(containing("Back")).click();
      button(group, "Replay").click();
      page.getByRole(
              AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName("Replay 2 deliveries").setExact(true))
          .click();

      assertThat(heading(page)).hasText(Pattern.compile("Replay \\d+"));
      assertThat(page.locator(".notice")).hasText("2 replayed.");
      page.getByRole(AriaRole.LINK).filter(containing("Dead letters")).last().click();
      assertThat(group).hasCount(0);
    }
  }

  @Test
  void aRunningReplayRenewsItsProgressAndIsStoppedOnAPhone() throws SQLException {
    // no pod continues it, because it has just changed
    String replay =
        execute(
            """
            insert into bulk_replay (what, filter, from_state, matched, selected, state, by, changed_at)
            values ('deliveries', '', 'dead', 5000, 5000, 'running', 'ada', now() + interval '1 h')
            returning id
            """);
    try (ConsoleVisit visit = ConsoleVisit.onPhone("omar")) {
      Page page = visit.open("/console/replays/" + replay);
      assertThat(page.locator(".notice")).hasText("0 of 5000 deliveries processed.");
      visit.assertFitsWidth();
      visit.assertAccessible();

      execute(
          """
          update bulk_replay set position = 100, replayed = 100, changed_at = now() + interval '2 h'
          where id = %s returning id
          """
              .formatted(replay));
      assertThat(page.locator(".notice")).hasText("100 of 5000 deliveries processed.");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop").setExact(true))
          .click();

      assertThat(page.locator(".notice")).hasText("100 replayed, 4900 are not touched.");
      assertThat(page.locator(".state")).hasText("stopped by omar");
    }
  }

  private String execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.of(sql).first(connection, row -> row.getString("id")).orElseThrow();
    }
  }

  @Test
  void theRoutesPageLeadsToTheLinesOfAFile() {
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open("/console/routes");
      Locator file = page.getByRole(AriaRole.ROW).filter(containing("fan-out.camel.yaml"));
      assertThat(file.locator(".state")).hasText("in force");
      file.getByRole(AriaRole.LINK).first().click();

      assertThat(heading(page)).hasText("fan-out.camel.yaml");
      assertThat(page.locator("#L2")).containsText("id: fan-out");
      visit.assertAccessible();
    }
  }

  @Test
  void aPageWhoseStreamIsCutSaysSoAndShowsLaterWhatItMissed() {
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open("/console");
      assertThat(visit.stream()).hasText("connected");
      visit.cutStream();
      assertThat(visit.stream()).hasText("not connected");
      operate("flip", "pause");
      Locator tile = page.getByRole(AriaRole.ARTICLE).filter(containing("flip"));
      assertThat(tile).not().containsText("paused");

      visit.restoreStream();
      assertThat(visit.stream()).hasText("connected");
      assertThat(tile).containsText("paused");
    } finally {
      operate("flip", "resume");
    }
  }

  @Test
  void aTabThatWasHiddenShowsWhatItMissed() {
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open("/console/destinations/flip");
      assertThat(visit.stream()).hasText("connected");
      visit.show("hidden");
      assertThat(visit.stream()).hasText("not connected");
      operate("flip", "pause");

      visit.show("visible");
      assertThat(visit.stream()).hasText("connected");
      assertThat(page.locator("#state .state")).containsText("paused");
    } finally {
      operate("flip", "resume");
    }
  }

  private static void operate(String destination, String operation) {
    given()
        .header("Authorization", "Bearer operator-token")
        .post("/api/destinations/%s/%s".formatted(destination, operation))
        .then()
        .statusCode(200);
  }

  @Test
  void timesAreThoseOfTheBrowsersZoneAndTheTooltipIsInUtc() {
    try (ConsoleVisit visit = ConsoleVisit.inTimeZone("omar", "Asia/Kolkata")) {
      Page page = visit.open("/console/live?paused=2026-01-31T20:00:00Z");
      Locator time = page.locator(".notice time");
      assertThat(time).hasAttribute("title", "2026-01-31 20:00:00 UTC");
      // 5 h 30 min ahead
      assertThat(time).containsText("01:30:00");
      assertThat(time).containsText("02");
    }
  }

  @Test
  void hostileTextsAreTextsOnEveryPage() throws IOException {
    String subject = UUID.randomUUID() + HOSTILE;
    String name = HOSTILE.replace("\"", "\\\"");
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(okJson("{\"result\":\"error\",\"message\":\"%s\"}".formatted(name))));
    String event =
        Producers.event(
            "crm",
            EventType.LEAD_SUBMITTED,
            subject,
            """
            {"email":"x@example.com","fullName":"%s","notes":"%s"}
            """
                .formatted(name, name));
    HistoryClient.awaitDelivery(event, "enerflo");
    VendorStubs.reset();
    Path file = RelayEnvironment.routes().resolve(HOSTILE_FILE);
    Files.writeString(file, "- route:\n    id: %s\n".formatted("<b>hostile</b>"));
    given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body(Map.of("reason", HOSTILE))
        .post("/api/destinations/flip/pause");
    try (ConsoleVisit visit = ConsoleVisit.of(HOSTILE)) {
      await().until(() -> visit.open("/console/routes").content().contains("hostile"));
      acknowledgeWithHostileNote(visit.open("/console/dead"));
      for (String page : pages(event, subject)) {
        visit.open(page);
        assertThat(visit.heading()).hasCount(1);
        assertThat(visit.page().locator(".who")).containsText(HOSTILE);
        assertThat(visit.page().locator("[onerror], body script, img, main b")).hasCount(0);
      }
      visit.expectError("404");
      for (String page : pagesOfTheSubject(event, subject)) {
        visit.open(page);
        assertThat(visit.page().getByRole(AriaRole.MAIN)).containsText(HOSTILE);
      }
    } finally {
      Files.delete(file);
      operate("flip", "resume");
    }
  }

  private static void acknowledgeWithHostileNote(Page page) {
    Locator group =
        page.getByRole(AriaRole.ROW).filter(containing("rejected the lead: <script>")).first();
    group.getByLabel("Note").fill(HOSTILE);
    button(group, "Acknowledge").click();
    assertThat(group).containsText(HOSTILE);
  }

  private static List<String> pages(String event, String subject) {
    List<String> pages =
        new ArrayList<>(Stream.of(ConsolePage.values()).map(ConsolePage::path).toList());
    pages.addAll(pagesOfTheSubject(event, subject));
    pages.add("/console/destinations/flip");
    pages.add("/console/routes/source?file=" + encoded(HOSTILE_FILE));
    pages.add("/console/routes/source?file=" + encoded(HOSTILE));
    return pages;
  }

  private static List<String> pagesOfTheSubject(String event, String subject) {
    return List.of(
        "/console/events/" + event,
        "/console/deliveries?state=dead&subject=" + encoded(subject),
        "/console/records/crm/" + encoded(subject));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Locator button(Locator row, String name) {
    return row.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator heading(Page page) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
