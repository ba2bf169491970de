package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.restassured.RestAssured;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A visit of the console by one browser window. {@link #close} fails if the page logged an error,
 * such as a script's exception, a violation of the Content-Security-Policy or a missing file, or if
 * it opened a dialog.
 */
final class ConsoleVisit implements AutoCloseable {

  static final int PHONE = 360;
  static final int DESK = 1280;

  private static final String STREAM = "**/console/stream";
  private static final int UNAVAILABLE = 503;
  private static final double TIMEOUT_MILLIS = 15_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static {
    // a page whose renewals take long renews itself some seconds later
    PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
  }

  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new ArrayList<>();

  private ConsoleVisit(Browser.NewContextOptions options) {
    context = ConsoleBrowser.get().newContext(options.setBaseURL(origin()));
    context.setDefaultTimeout(TIMEOUT_MILLIS);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.text().contains("Content Security")) {
            errors.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> errors.add(page.url() + ": " + error));
    page.onDialog(
        dialog -> {
          errors.add(page.url() + ": dialog " + dialog.message());
          dialog.dismiss();
        });
  }

  /** Opens a window of somebody who has not signed in. */
  static ConsoleVisit anonymous() {
    return new ConsoleVisit(desk());
  }

  /** Opens a window of somebody who has signed in with the operator token. */
  static ConsoleVisit of(String name) {
    return signedIn(desk(), name);
  }

  /** Opens a window without JavaScript. */
  static ConsoleVisit withoutJavaScript(String name) {
    return signedIn(desk().setJavaScriptEnabled(false), name);
  }

  /** Opens a window of a browser in a time zone, such as {@code Asia/Tokyo}. */
  static ConsoleVisit inTimeZone(String name, String zone) {
    return signedIn(desk().setTimezoneId(zone), name);
  }

  /** Opens a window as wide as a small phone. */
  static ConsoleVisit onPhone(String name) {
    return signedIn(new Browser.NewContextOptions().setViewportSize(PHONE, 740), name);
  }

  private static Browser.NewContextOptions desk() {
    return new Browser.NewContextOptions().setViewportSize(DESK, 800);
  }

  private static ConsoleVisit signedIn(Browser.NewContextOptions options, String name) {
    ConsoleVisit visit = new ConsoleVisit(options);
    visit.context.addCookies(
        List.of(
            new Cookie(OperatorCookie.NAME, OperatorCookie.of(CLIENT, origin(), name))
                .setUrl(origin())
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
    return visit;
  }

  static String origin() {
    return "http://localhost:" + RestAssured.port;
  }

  Page page() {
    return page;
  }

  /** The name of the page. */
  Locator heading() {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  /** The state of the stream of changes. */
  Locator stream() {
    return page.getByRole(AriaRole.STATUS);
  }

  /** Opens a page by its path. */
  Page open(String path) {
    page.navigate(path);
    return page;
  }

  /** Returns the cookie of the session. */
  Cookie cookie() {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals(OperatorCookie.NAME))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Ends the page's connection to the relay, and lets no other begin. The browser logs that as an
   * error.
   */
  void goOffline() {
    context.setOffline(true);
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    page.waitForFunction("document.querySelector('[role=status]').textContent === 'not connected'");
    errors.removeIf(error -> error.contains("ERR_INTERNET_DISCONNECTED"));
  }

  /**
   * Ends the stream of changes, and has the relay respond 503 to each request for another one until
   * {@link #restoreStream}.
   */
  void cutStream() {
    context.route(
        STREAM, route -> route.fulfill(new Route.FulfillOptions().setStatus(UNAVAILABLE)));
    show("hidden");
    show("visible");
  }

  /** Lets streams of changes begin again. */
  void restoreStream() {
    context.unroute(STREAM);
    expectError("503");
  }

  /** Puts the window behind others, or in front of them. */
  void show(String visibility) {
    page.evaluate(
        """
        visibility => {
          Object.defineProperty(document, 'visibilityState', {value: visibility, configurable: true});
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        visibility);
  }

  /** Accepts an error of the page that a test provokes. */
  void expectError(String text) {
    assertThat(errors).anyMatch(error -> error.contains(text));
    errors.removeIf(error -> error.contains(text));
  }

  /** Fails if axe finds a violation in the light theme, or wrong colours in the dark theme. */
  void assertAccessible() {
    assertAccessible(ColorScheme.LIGHT, axe());
    assertAccessible(ColorScheme.DARK, axe().withRules(List.of("color-contrast")));
  }

  /**
   * Runs in the page alone: a page without frames needs no second one to collect results. Rows of a
   * table have one template, so the first ones show what the others do.
   */
  private AxeBuilder axe() {
    return new AxeBuilder(page).setLegacyMode(true).exclude("tbody tr:nth-child(n + 8)");
  }

  private void assertAccessible(ColorScheme theme, AxeBuilder axe) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
    assertThat(violations(axe)).as("%s, %s", page.url(), theme).isEmpty();
  }

  private static List<String> violations(AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .flatMap(
            rule ->
                rule.getNodes().stream()
                    .map(
                        node ->
                            "%s: %s %s"
                                .formatted(rule.getId(), node.getHtml(), node.getFailureSummary())))
        .toList();
  }

  /** Fails if the page is wider than its window. */
  void assertFitsWidth() {
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(((Number) overflow).intValue()).as("%s is too wide", page.url()).isZero();
  }

  @Override
  public void close() {
    context.close();
    assertThat(errors).as("errors that the browser has logged").isEmpty();
  }
}
