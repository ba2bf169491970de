package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.event.EventType;
import org.solarrelay.ops.telemetry.Monitoring;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ConsoleAccessTest {

  private static final String SESSION = "relay_session";
  private static final String PAUSE = "/console/destinations/flip/pause";

  @BeforeEach
  void awaitDatabase() {
    HistoryClient.awaitDatabase();
  }

  @ParameterizedTest
  @CsvSource({
    "/console, /login?next=%2Fconsole",
    "/console/, /login?next=%2Fconsole%2F",
    "/console/destinations/flip, /login?next=%2Fconsole%2Fdestinations%2Fflip",
    "/console/deliveries?state=dead&destination=flip,"
        + " /login?next=%2Fconsole%2Fdeliveries%3Fstate%3Ddead%26destination%3Dflip",
    "/console/no-such-page, /login?next=%2Fconsole%2Fno-such-page",
    "/console/stream, /login?next=%2Fconsole%2Fstream",
  })
  void withoutASessionEveryPageLeadsToTheSignIn(String page, String signIn) {
    request().urlEncodingEnabled(false).get(page).then().statusCode(303).header("Location", signIn);
  }

  @Test
  void eachAlertLinksToAPage() {
    assertThat(Monitoring.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              String page =
                  Monitoring.pageOf(alert).replace("{{ $labels.destination }}", "enerflo");
              assertThat(page).doesNotContain("{");
              request()
                  .header("Authorization", "Bearer operator-token")
                  .get(page)
                  .then()
                  .statusCode(200)
                  .contentType("text/html");
            });
  }

  @Test
  void theApiAndTheHandOffStayClosedWithoutCredentials() {
    assertThat(request().get("/api/deliveries").statusCode()).isEqualTo(401);
    assertThat(request().get("/handoff/enerflo/crm/1?to=profile").statusCode()).isEqualTo(401);
    assertThat(request().cookie(SESSION, "forged").get("/api/deliveries").statusCode())
        .isEqualTo(401);
  }

  @Test
  void theOperatorTokenBeginsASessionThatReturnsToThePage() {
    Response signedIn = signIn("operator-token", "/console/deliveries?state=dead");

    assertThat(signedIn.statusCode()).isEqualTo(303);
    assertThat(signedIn.header("Location")).endsWith("/console/deliveries?state=dead");
    assertThat(signedIn.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Max-Age=43200", "Path=/")
        .doesNotContain("Secure", "operator-token");
    String session = signedIn.cookie(SESSION);
    request()
        .cookie(SESSION, session)
        .get("/console")
        .then()
        .statusCode(200)
        .body(containsString("ada"));
    assertThat(request().cookie(SESSION, session).get("/api/destinations").statusCode())
        .isEqualTo(200);
    assertThat(
            request().cookie(SESSION, session).post("/api/destinations/flip/resume").statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/consoles",
        "/console\\evil",
        "/api/routes",
        ""
      })
  void theSignInLeadsToPagesOfTheConsoleOnly(String next) {
    assertThat(signIn("operator-token", next).header("Location"))
        .isEqualTo(RestAssured.baseURI + ":" + RestAssured.port + "/console");
  }

  @Test
  void aWrongTokenBeginsNoSession() {
    Response rejected = signIn("operator-tokem", "/console");

    assertThat(rejected.statusCode()).isEqualTo(401);
    assertThat(rejected.contentType()).startsWith("text/html");
    assertThat(rejected.cookie(SESSION)).isNull();
    assertThat(rejected.asString()).contains("not the operator token").doesNotContain("tokem");
    assertThat(signIn("", "/console").statusCode()).isEqualTo(401);
  }

  @Test
  void behindAGatewayTheCookieIsSentByHttpsOnly() {
    assertThat(
            request()
                .header("Host", "relay.example.com")
                .formParam("token", "operator-token")
                .post("/login")
                .header("Set-Cookie"))
        .contains("Secure");
  }

  @Test
  void theSessionEndsWhenTheTokenChanges() throws IOException {
    String session = session();
    try {
      RelayEnvironment.replaceSecret("RELAY_OPERATOR_TOKEN", "the-next-operator-token");

      await().until(() -> request().cookie(SESSION, session).get("/console").statusCode() == 303);
    } finally {
      RelayEnvironment.writeDefaultSecrets();
    }
    await().until(() -> request().cookie(SESSION, session).get("/console").statusCode() == 200);
  }

  @Test
  void signingOutRemovesTheCookie() {
    Response out =
        request()
            .header("Sec-Fetch-Site", "same-origin")
            .cookie(SESSION, session())
            .post("/console/sign-out");

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.header("Location")).endsWith("/login");
    assertThat(out.header("Set-Cookie")).contains(SESSION + "=", "Max-Age=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void aChangeFromAnotherSiteIsRejected(String site) {
    request()
        .cookie(SESSION, session())
        .header("Sec-Fetch-Site", site)
        .post(PAUSE)
        .then()
        .statusCode(403)
        .contentType("text/html")
        .body(containsString("Another site"));
  }

  @Test
  void withoutSecFetchSiteTheTokenOfTheFormIsRequired() {
    String session = session();
    Response page = request().cookie(SESSION, session).get("/console");
    String token = page.cookie("relay_form");

    assertThat(page.asString()).contains("form=" + token);
    assertThat(signOut(session, token, token).statusCode()).isEqualTo(303);
    assertThat(signOut(session, token, "other").statusCode()).isEqualTo(403);
    assertThat(signOut(session, "", "").statusCode()).isEqualTo(403);
    assertThat(request().cookie(SESSION, session).post("/console/sign-out").statusCode())
        .isEqualTo(403);
  }

  @Test
  void aViewerSeesPagesAndChangesNothing() {
    String viewer = IDENTITY.token("vera", "viewer");

    bearer(viewer)
        .get("/console")
        .then()
        .statusCode(200)
        .body(containsString("vera"), containsString("(viewer)"));
    bearer(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post(PAUSE)
        .then()
        .statusCode(403)
        .body(containsString("role operator"));
    assertThat(bearer(IDENTITY.token("gina")).get("/console").statusCode()).isEqualTo(403);
    assertThat(bearer(IDENTITY.forged("eve", "operator")).get("/console").statusCode())
        .isEqualTo(303);
  }

  @Test
  void theIdentityProviderLeadsBackToThePage() throws Exception {
    int signInsBefore = signIns("vera");
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    String relay = "http://localhost:" + RestAssured.port;
    HttpResponse<String> form = visit(browser, relay + "/login?next=%2Fconsole%2Fdestinations");
    assertThat(form.body()).contains("Operator token", "/login/provider?next=");

    String provider =
        location(visit(browser, relay + "/login/provider?next=%2Fconsole%2Fdestinations"));
    assertThat(parameter(provider, "redirect_uri")).isEqualTo(relay + "/console/");
    IDENTITY.logIn("vera", "viewer");
    String page = relay + "/console/?code=any&state=" + parameter(provider, "state");
    for (int redirects = 0; redirects < 4; redirects++) {
      HttpResponse<String> response = visit(browser, page);
      if (response.statusCode() == 200) {
        assertThat(page).isEqualTo(relay + "/console/destinations");
        assertThat(response.body()).contains("vera");
        await().until(() -> signIns("vera") > signInsBefore);
        return;
      }
      page = location(response);
    }
    assertThat(page).isEqualTo("no more redirect");
  }

  private static int signIns(String who) {
    return HistoryClient.get("/api/activity?action=sign-in&limit=500&who=" + who)
        .path("items.size()");
  }

  @Test
  void theStreamSaysWhatHasChangedAndNoProxyKeepsItBack() throws Exception {
    HttpRequest stream =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d/console/stream".formatted(RestAssured.port)))
            .header("Cookie", SESSION + "=" + session())
            .build();

    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(stream, HttpResponse.BodyHandlers.ofLines());

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
    try (Stream<String> lines = response.body()) {
      Iterator<String> line = lines.iterator();
      awaitLine(line, "event:ping");
      HistoryClient.awaitHistory(
          Producers.event("crm", EventType.LEAD_SUBMITTED, UUID.randomUUID().toString(), "{}"));
      awaitLine(line, "event:change");
      String kinds = line.next();
      assertThat(kinds).matches("data:[a-z_]+( [a-z_]+)*");
    }
  }

  private static void awaitLine(Iterator<String> lines, String expected) {
    while (!lines.next().equals(expected)) {
      // a line of another event
    }
  }

  @Test
  void errorsArePages() {
    String session = session();

    request()
        .cookie(SESSION, session)
        .get("/console/no-such-page")
        .then()
        .statusCode(404)
        .contentType("text/html")
        .body(containsString("no page at this address"), not(containsString("Exception")));
    request()
        .cookie(SESSION, session)
        .get("/console?stat=dead")
        .then()
        .statusCode(400)
        .contentType("text/html")
        .body(containsString("no query parameter stat"));
    request()
        .cookie(SESSION, session)
        .header("Sec-Fetch-Site", "same-origin")
        .post("/console")
        .then()
        .statusCode(405)
        .contentType("text/html");
  }

  @Test
  void browsersKeepAssetsForEverAndPagesNever() {
    Response page = request().cookie(SESSION, session()).get("/console");
    Matcher script = Pattern.compile("src=\"([^\"]+/htmx.min.js)\"").matcher(page.asString());
    assertThat(script.find()).isTrue();

    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.headers().getValues("Referrer-Policy")).containsExactly("same-origin");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
    Response asset = request().get(script.group(1));
    assertThat(asset.headers().getValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(asset.contentType()).startsWith("text/javascript");
    assertThat(asset.asString()).contains("htmx");
    assertThat(
            request().get("/console/assets/0123/console.css").headers().getValues("Cache-Control"))
        .containsExactly("no-cache");
    assertThat(request().get("/console/assets/0123/application.properties").statusCode())
        .isEqualTo(404);
  }

  private static String session() {
    return signIn("operator-token", "/console").cookie(SESSION);
  }

  private static Response signIn(String token, String next) {
    return request()
        .formParam("token", token)
        .formParam("name", "ada")
        .formParam("next", next)
        .post("/login");
  }

  private static Response signOut(String session, String cookie, String parameter) {
    return request()
        .cookie(SESSION, session)
        .cookie("relay_form", cookie)
        .post("/console/sign-out?form=" + parameter);
  }

  private static RequestSpecification bearer(String token) {
    return request().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification request() {
    return given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)));
  }

  private static HttpResponse<String> visit(HttpClient browser, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html,*/*;q=0.8").build();
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isIn(302, 303);
    return URI.create("http://localhost:" + RestAssured.port)
        .resolve(response.headers().firstValue("Location").orElseThrow())
        .toString();
  }

  private static String parameter(String url, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(url);
    assertThat(matcher.find()).isTrue();
    return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
  }
}
