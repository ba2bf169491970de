package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

/** Journeys through the console, in a Chromium. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ConsoleJourneyTest {

  @RegisterExtension static final JourneyTimer TIMER = new JourneyTimer();

  private static final String FLIP = "/console/destinations/flip";
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

  private static final List<String> PAGES =
      List.of(
          "/console",
          "/console/search",
          "/console/search?as=e-mail",
          "/console/destinations",
          FLIP,
          FLIP + "?range=week",
          "/console/deliveries",
          "/console/deliveries/replay?destination=flip&type=no-such-type",
          "/console/dead",
          "/console/routes",
          "/console/live",
          "/console/live?paused=2026-01-31T08:00:00Z",
          "/console/activity",
          "/console/rejected",
          "/console/routes/source?file=fan-out.camel.yaml");

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void allGoOn() {
    given().header("Authorization", "Bearer operator-token").post("/api/destinations/flip/resume");
  }

  @Test
  void signInLeadsBackToThePageAndSignOutEndsTheSession() {
    try (ConsoleVisit visit = ConsoleVisit.anonymous()) {
      Page page = visit.open("/console/destinations");
      assertThat(heading(page)).hasText("Sign in");
      visit.assertAccessible();
      page.getByLabel("Operator token").fill("wrong");
      page.getByRole(AriaRole.BUTTON, exactly("Sign in")).click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("not the operator token");
      visit.expectError("401");

      page.getByLabel("Operator token").fill("operator-token");
      page.getByLabel("Your name").fill("Ada & <b>Co</b>");
      page.getByRole(AriaRole.BUTTON, exactly("Sign in")).click();

      page.waitForURL("**/console/destinations");
      assertThat(heading(page)).hasText("Destinations");
      assertThat(page.getByText("Ada & <b>Co</b>")).isVisible();
      assertThat(visit.cookie().httpOnly).isTrue();

      page.getByRole(AriaRole.BUTTON, exactly("Sign out")).click();
      assertThat(heading(page)).hasText("Sign in");
      visit.open("/console");
      assertThat(heading(page)).hasText("Sign in");
    }
  }

  @Test
  void aDestinationIsPausedWithItsReasonAndResumed() {
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open(FLIP);
      assertThat(heading(page)).hasText("flip");
      assertThat(page.locator("#state .state")).hasText("up");

      page.getByLabel("Reason").fill("maintenance " + HOSTILE);
      page.getByRole(AriaRole.BUTTON, exactly("Pause")).click();

      assertThat(page.locator("#state .state")).hasText("paused by omar");
      assertThat(page.locator("#state")).containsText("maintenance " + HOSTILE);
      visit.assertAccessible();
      visit.open("/console");
      Locator tile = page.getByRole(AriaRole.ARTICLE).filter(containing("flip"));
      assertThat(tile).containsText("paused");
      assertThat(tile).containsText(HOSTILE);
      visit.open("/console/destinations");
      assertThat(page.getByRole(AriaRole.ROW).filter(containing("flip"))).containsText(HOSTILE);

      visit.open(FLIP);
      page.getByRole(AriaRole.BUTTON, exactly("Resume")).click();
      assertThat(page.locator("#state .state")).hasText("up");
    }
  }

  @Test
  void withoutJavaScriptADestinationCanBePaused() {
    try (ConsoleVisit visit = ConsoleVisit.withoutJavaScript("omar")) {
      Page page = visit.open("/console");
      page.getByRole(AriaRole.ARTICLE).filter(containing("flip")).getByRole(AriaRole.LINK).click();
      page.getByRole(AriaRole.BUTTON, exactly("Pause")).click();
      assertThat(page.locator("#state .state")).hasText("paused by omar");
      page.getByRole(AriaRole.BUTTON, exactly("Resume")).click();
      assertThat(page.locator("#state .state")).hasText("up");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("not connected");
    }
  }

  @Test
  void aPageShowsChangesByItselfAndSaysWhenItIsNotConnected() {
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("connected");
      assertThat(tile(page)).containsText("up");

      pauseFlip();
      assertThat(tile(page)).containsText("paused by ada");
      assertThat(page.locator("footer time")).not().containsText("UTC");

      visit.goOffline();
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("not connected");
    }
  }

  @Test
  void thePageActivityShowsWhatHappensByItself() {
    String who = "ada-" + UUID.randomUUID();
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console/activity?who=" + who);
      assertThat(page.locator("tbody")).hasText("No activity matches.");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("connected");

      given()
          .header("Authorization", "Bearer operator-token")
          .header("X-Operator", who)
          .post("/api/destinations/flip/pause");

      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page.locator("tbody tr")).containsText("destination flip");
    }
  }

  private static Locator tile(Page page) {
    return page.getByRole(AriaRole.ARTICLE).filter(containing("flip"));
  }

  private static void pauseFlip() {
    given()
        .header("Authorization", "Bearer operator-token")
        .header("X-Operator", "ada")
        .post("/api/destinations/flip/pause");
  }

  @Test
  void hostileTextsOfADeliveryAreShownAsTexts() {
    String subject = UUID.randomUUID() + HOSTILE;
    String event = Producers.event("crm", EventType.LEAD_SUBMITTED, subject, "{\"fullName\":5}");
    HistoryClient.awaitHistory(event);
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console/deliveries");
      page.getByLabel("Record").fill(subject);
      page.getByRole(AriaRole.BUTTON, exactly("Show")).click();

      assertThat(page.getByLabel("Record")).hasValue(subject);
      assertThat(page.locator("tbody tr").first()).containsText(HOSTILE);
      visit.assertAccessible();
    }
  }

  @Test
  void deliveriesOfAFilterAreCountedReplayedAndExported() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withBody("{\"message\":\"ann@example.com is taken\"}")));
    String subject = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      HistoryClient.awaitDelivery(
          Producers.event(
              "crm", EventType.LEAD_SUBMITTED, subject + "-" + i, "{\"email\":\"a@b.example\"}"),
          "enerflo");
    }
    VendorStubs.reset();
    String filter = "destination=enerflo&state=dead&subject=" + subject + "-1";
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open("/console/deliveries?" + filter);
      assertThat(page.getByLabel("Destination")).hasValue("enerflo");
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page.locator("tbody tr")).not().containsText("ann@example.com");
      Locator event = page.getByRole(AriaRole.LINK, exactly("lead.submitted"));
      assertThat(event.getAttribute("href")).startsWith("/console/events/");
      Download file =
          page.waitForDownload(() -> page.getByRole(AriaRole.LINK, exactly("Export CSV")).click());
      assertThat(file.suggestedFilename()).isEqualTo("deliveries.csv");

      page.getByRole(AriaRole.LINK, exactly("Replay all of this filter…")).click();
      assertThat(heading(page)).hasText("Replay deliveries");
      visit.assertAccessible();
      page.getByRole(AriaRole.BUTTON, exactly("Replay 1 delivery")).click();

      assertThat(page.locator(".notice")).hasText("1 replayed.");
      visit.open(
          "/console/deliveries?destination=enerflo&state=delivered&subject=" + subject + "-1");
      assertThat(page.locator("tbody .state")).hasText("delivered");
    }
  }

  @Test
  void aStoryShowsEachAttemptAndWhatWouldBeSentNowAndIsReplayed() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(aResponse().withStatus(422).withBody("{\"message\":\"<b>no</b>\"}")));
    String subject = UUID.randomUUID() + HOSTILE;
    String lead = "{\"fullName\":\"<script>alert(3)</script>\",\"email\":\"a@b.example\"}";
    String event = Producers.event("crm", EventType.LEAD_SUBMITTED, subject, lead);
    HistoryClient.awaitDelivery(event, "enerflo");
    VendorStubs.reset();
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console/events/" + event);
      assertThat(heading(page)).hasText("lead.submitted");
      assertThat(page.locator("#story")).containsText(HOSTILE);
      assertThat(page.locator("#story")).containsText("<script>alert(3)</script>");
      Locator enerflo = page.getByRole(AriaRole.ARTICLE).filter(containing("enerflo"));
      assertThat(enerflo.locator("tbody tr")).containsText("422");
      assertThat(enerflo.locator("tbody tr")).containsText("<b>no</b>");
      assertThat(enerflo.locator("tbody tr")).containsText("POST " + VendorStubs.ADD_LEAD);
      enerflo.getByText("Request", new Locator.GetByTextOptions().setExact(true)).last().click();
      assertThat(enerflo.locator("tbody pre").last()).containsText("<script>alert(3)</script>");
      visit.assertAccessible();

      enerflo.getByRole(AriaRole.LINK).filter(containing("What would be sent now")).click();
      assertThat(heading(page)).hasText("What would be sent now");
      assertThat(page.locator("[aria-labelledby=then]")).containsText("POST ");
      assertThat(page.locator("[aria-labelledby=now]")).containsText("POST ");
      visit.assertAccessible();
      page.getByRole(AriaRole.LINK, exactly("Back")).click();
      enerflo.getByRole(AriaRole.LINK).filter(containing("As it came")).click();
      assertThat(heading(page)).hasText("Fields");
      assertThat(page.getByRole(AriaRole.MAIN)).containsText("<script>alert(3)</script>");
      visit.assertAccessible();
      page.getByRole(AriaRole.LINK, exactly("Back")).click();
      enerflo.getByRole(AriaRole.BUTTON).filter(containing("Replay")).click();

      assertThat(enerflo).containsText("by dana");
      HistoryClient.awaitDelivery(event, "enerflo");
      visit.open("/console/events/" + event);
      assertThat(enerflo.locator(".state")).hasText("delivered");
    }
    try (ConsoleVisit phone = ConsoleVisit.onPhone("dana")) {
      Page page = phone.open("/console/events/" + event);
      phone.assertFitsWidth();
      Locator enerflo = page.getByRole(AriaRole.ARTICLE).filter(containing("enerflo"));
      for (String link : List.of("What would be sent now", "As it came")) {
        enerflo.getByRole(AriaRole.LINK).filter(containing(link)).click();
        phone.assertFitsWidth();
        page.goBack();
      }
    }
  }

  @Test
  void danaFindsACustomerByEmailAndSeesTheEventsOfTheRecord() {
    String subject = UUID.randomUUID().toString();
    String email = subject.substring(0, 8) + "@example.com";
    String event = lead(subject, email);
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console");
      page.getByRole(AriaRole.SEARCHBOX, exactly("Search")).fill(email);
      page.keyboard().press("Enter");

      assertThat(heading(page)).hasText("Search");
      assertThat(page.locator(".notice")).containsText("e-mail");
      assertThat(page.url()).doesNotContain("example.com");
      assertThat(page.getByRole(AriaRole.LINK, exactly("lead.submitted"))).isVisible();
      visit.assertAccessible();
      page.locator("section[aria-labelledby=records] a").first().click();

      assertThat(page.getByRole(AriaRole.MAIN)).containsText(email);
      assertThat(page.getByRole(AriaRole.MAIN)).containsText(HOSTILE);
      assertThat(page.locator("#events")).containsText("enerflo: delivered");
      visit.assertAccessible();
      page.locator("#events").getByText("lead.submitted").click();

      assertThat(heading(page)).hasText("lead.submitted");
      assertThat(page.url()).endsWith("/console/events/" + event);
    }
  }

  @Test
  void livePageShowsWhatComesInUntilItIsPaused() {
    String subject = UUID.randomUUID().toString();
    String email = subject.substring(0, 8) + "@example.com";
    try (ConsoleVisit visit = ConsoleVisit.of("dana")) {
      Page page = visit.open("/console/live?source=crm");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("connected");
      lead(subject, email);
      Locator rows = page.getByRole(AriaRole.ROW).filter(containing(subject));
      assertThat(rows.filter(containing("delivered"))).not().hasCount(0);
      visit.assertAccessible();

      page.getByRole(AriaRole.LINK, exactly("Pause")).click();
      assertThat(page.locator(".notice")).containsText("Paused");
      lead(subject + "-later", email);
      page.reload();
      assertThat(rows).not().hasCount(0);
      assertThat(rows.filter(containing(subject + "-later"))).hasCount(0);
      page.getByRole(AriaRole.LINK, exactly("Resume")).click();
      assertThat(rows.filter(containing(subject + "-later"))).not().hasCount(0);
    }
  }

  @Test
  void withTheKeyboardAloneACustomerIsFoundAndAMessageReplayed() {
    String subject = UUID.randomUUID().toString();
    String email = subject.substring(0, 8) + "@example.com";
    String event = deadLead(subject, email);
    try (ConsoleVisit visit = ConsoleVisit.anonymous()) {
      Page page = visit.open("/console/destinations");
      Keyboard keyboard = page.keyboard();
      keyboard.type("operator-token");
      keyboard.press("Tab");
      keyboard.type("dana");
      keyboard.press("Enter");
      assertThat(visit.heading()).hasText("Destinations");

      keyboard.press("/");
      keyboard.type(email);
      keyboard.press("Enter");
      assertThat(visit.heading()).hasText("Search");
      keyboard.press("j");
      assertThat(page.locator("section[aria-labelledby=records] a")).isFocused();
      keyboard.press("Enter");
      assertThat(visit.heading()).containsText("crm");

      Locator link = page.locator("#events a").first();
      pressUntilFocused(page, "j", link);
      keyboard.press("Enter");
      assertThat(visit.heading()).hasText("lead.submitted");
      Locator enerflo = page.getByRole(AriaRole.ARTICLE).filter(containing("enerflo"));
      pressUntilFocused(
          page, "Tab", enerflo.getByRole(AriaRole.BUTTON).filter(containing("Replay")));
      keyboard.press("Enter");
      assertThat(enerflo).containsText("by dana");
      HistoryClient.awaitDelivery(event, "enerflo");
    }
  }

  private static void pressUntilFocused(Page page, String key, Locator element) {
    for (int i = 0; i < 100 && !isFocused(element); i++) {
      page.keyboard().press(key);
    }
    assertThat(element).isFocused();
  }

  private static boolean isFocused(Locator element) {
    return (boolean) element.evaluate("element => element === document.activeElement");
  }

  @Test
  void keysLeadToPagesAndRowsUnlessTheyAreOffOrAFieldIsTypedIn() {
    try (ConsoleVisit visit = ConsoleVisit.of("omar")) {
      Page page = visit.open("/console/destinations");
      Keyboard keyboard = page.keyboard();
      keyboard.press("k");
      assertThat(page.locator("tbody tr:nth-child(1) a").first()).isFocused();
      keyboard.press("j");
      assertThat(page.locator("tbody tr:nth-child(2) a").first()).isFocused();
      keyboard.press("k");
      assertThat(page.locator("tbody tr:nth-child(1) a").first()).isFocused();
      press(keyboard, "g", "n");
      page.waitForURL("**/console");
      press(keyboard, "g", "d");
      page.waitForURL("**/console/dead");

      keyboard.press("?");
      Locator help = page.getByRole(AriaRole.DIALOG, exactly("Keys"));
      assertThat(help).isVisible();
      visit.assertAccessible();
      page.getByLabel("Keys of a single character").uncheck();
      keyboard.press("Escape");
      assertThat(help).not().isVisible();
      press(keyboard, "g", "n");
      press(keyboard, "/", "?");
      page.reload();
      press(keyboard, "?", "j");
      assertThat(help).not().isVisible();
      assertThat(page.locator("main a:focus")).hasCount(0);
      assertThat(visit.heading()).hasText("Dead letters");

      page.getByRole(AriaRole.BUTTON, exactly("Keys")).click();
      page.getByLabel("Keys of a single character").check();
      page.getByRole(AriaRole.BUTTON, exactly("Close")).click();
      keyboard.press("/");
      keyboard.type("gn?j");
      assertThat(page.getByRole(AriaRole.SEARCHBOX, exactly("Search"))).hasValue("gn?j");
      assertThat(visit.heading()).hasText("Dead letters");
    }
  }

  private static void press(Keyboard keyboard, String... keys) {
    List.of(keys).forEach(keyboard::press);
  }

  @Test
  void withoutJavaScriptACustomerIsFoundAndAMessageReplayed() {
    String subject = UUID.randomUUID().toString();
    String email = subject.substring(0, 8) + "@example.com";
    String event = deadLead(subject, email);
    try (ConsoleVisit visit = ConsoleVisit.withoutJavaScript("dana")) {
      Page page = visit.open("/console");
      page.getByRole(AriaRole.SEARCHBOX, exactly("Search")).fill(email);
      page.getByRole(AriaRole.BUTTON, exactly("Find")).click();
      page.getByRole(AriaRole.LINK, exactly("lead.submitted")).click();
      Locator enerflo = page.getByRole(AriaRole.ARTICLE).filter(containing("enerflo"));
      assertThat(enerflo.locator(".state")).hasText("dead");
      enerflo.getByRole(AriaRole.BUTTON).filter(containing("Replay")).click();

      assertThat(enerflo).containsText("by dana");
      HistoryClient.awaitDelivery(event, "enerflo");
      page.reload();
      assertThat(enerflo.locator(".state")).hasText("delivered");
      visit.open("/console/live?destination=enerflo");
      assertThat(page.getByRole(AriaRole.ROW).filter(containing(subject))).not().hasCount(0);
    }
  }

  /** A lead that Enerflo has rejected, and would take now. */
  private static String deadLead(String subject, String email) {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD)).willReturn(aResponse().withStatus(422)));
    String event = lead(subject, email);
    VendorStubs.reset();
    return event;
  }

  @Test
  void withoutJavaScriptAWrongLinkIsCorrected() {
    String subject = UUID.randomUUID().toString();
    lead(subject, subject.substring(0, 8) + "@example.com");
    String wrong = "wrong-" + subject;
    try (ConsoleVisit visit = ConsoleVisit.withoutJavaScript("omar")) {
      Page page = visit.open("/console/records/crm/" + subject);
      assertThat(heading(page)).hasText("crm " + subject);
      page.getByText("Move an id to this record").first().click();
      page.getByLabel("Kind of id").first().fill("crm.other");
      page.getByLabel("Id", new Page.GetByLabelOptions().setExact(true)).first().fill(wrong);
      page.getByRole(AriaRole.BUTTON, exactly("Move")).first().click();
      assertThat(page.getByRole(AriaRole.ROW).filter(containing(wrong))).hasCount(1);

      page.getByRole(AriaRole.BUTTON, exactly("Remove crm.other " + wrong)).click();
      assertThat(page.getByRole(AriaRole.ROW).filter(containing(wrong))).hasCount(0);
      assertThat(heading(page)).hasText("crm " + subject);
    }
  }

  @Test
  void theRecordFitsAPhone() {
    String subject = UUID.randomUUID().toString();
    lead(subject, subject.substring(0, 8) + "@example.com");
    try (ConsoleVisit visit = ConsoleVisit.onPhone("omar")) {
      visit.open("/console/records/crm/" + subject);
      visit.assertFitsWidth();
      visit.assertAccessible();
    }
  }

  private static String lead(String subject, String email) {
    String event =
        Producers.event(
            "crm",
            EventType.LEAD_SUBMITTED,
            subject,
            """
            {"email":"%s","fullName":"%s","ids":{"crm.hostile":"%s"}}
            """
                .formatted(
                    email, HOSTILE.replace("\"", "\\\""), HOSTILE.replace("\"", "\\\"") + subject));
    HistoryClient.awaitDelivery(event, "enerflo");
    return event;
  }

  /** One visit for all pages: a browser window for each would take as long as the checks. */
  @Test
  void everyPageIsAccessibleAndFitsAPhone() {
    try (ConsoleVisit visit = ConsoleVisit.onPhone("omar")) {
      for (String path : PAGES) {
        assertAccessibleOnAPhone(visit, path);
      }
    }
  }

  @Test
  void thePageOfAnUnknownAddressIsAccessibleAndFitsAPhone() {
    try (ConsoleVisit visit = ConsoleVisit.onPhone("omar")) {
      assertAccessibleOnAPhone(visit, "/console/no-such-page");
      visit.expectError("404");
    }
  }

  private static void assertAccessibleOnAPhone(ConsoleVisit visit, String path) {
    Page page = visit.open(path);
    assertThat(page.getByRole(AriaRole.HEADING, level(1))).hasCount(1);
    assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
    assertThat(page.getByRole(AriaRole.STATUS)).hasCount(1);
    assertThat(page.getByRole(AriaRole.SEARCHBOX, exactly("Search"))).isVisible();
    assertThat(page.getByRole(AriaRole.BUTTON, exactly("Sign out"))).isVisible();
    assertThat(
            page.getByRole(AriaRole.NAVIGATION, exactly("Console"))
                .getByRole(AriaRole.LINK)
                .allInnerTexts())
        .containsExactlyElementsOf(
            List.of(ConsolePage.values()).stream().map(ConsolePage::title).toList());
    visit.assertFitsWidth();
    visit.assertAccessible();
  }

  private static Locator heading(Page page) {
    return page.getByRole(AriaRole.HEADING, level(1));
  }

  private static Page.GetByRoleOptions level(int level) {
    return new Page.GetByRoleOptions().setLevel(level);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
