package org.solarrelay.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.EventType;

/** Journeys of somebody on call, in a Chromium: from Now to the cause, and to the replay. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OnCallJourneyTest {

  /** No other test has a vendor respond with it, so that the group has no other deliveries. */
  private static final int STATUS = 418;

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

      assertThat(page.locator(".notice")).hasText("2 replayed.");
      assertThat(group).hasCount(0);
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
