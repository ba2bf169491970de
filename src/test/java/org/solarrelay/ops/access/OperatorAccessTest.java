package org.solarrelay.ops.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.IdentityProvider;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OperatorAccessTest {

  @BeforeEach
  void awaitDatabase() {
    HistoryClient.awaitDatabase();
  }

  @AfterEach
  void resumeFlip() {
    pause("resume", "operator-token", null);
  }

  @Test
  void theOperatorTokenAllowsEverythingUnderTheNameOfTheHeader() {
    assertThat(read("operator-token").statusCode()).isEqualTo(200);
    assertThat(pause("pause", "operator-token", "ada").statusCode()).isEqualTo(200);

    assertThat(pausedBy()).isEqualTo("ada");
  }

  @Test
  void anOperatorOfTheIdentityProviderIsRecordedByItsOwnName() {
    assertThat(pause("pause", IDENTITY.token("grace", "operator"), "ada").statusCode())
        .isEqualTo(200);

    assertThat(pausedBy()).isEqualTo("grace");
  }

  @Test
  void aViewerMayReadAndPreviewOnly() {
    String viewer = IDENTITY.token("vera", "viewer");

    assertThat(read(viewer).statusCode()).isEqualTo(200);
    assertThat(
            bearer(viewer)
                .body("{}")
                .contentType("application/json")
                .post("/api/preview")
                .statusCode())
        .isEqualTo(400);
    pause("pause", viewer, null)
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("detail", containsString("role operator"));
    assertThat(pausedBy()).isNull();
  }

  @Test
  void anIdentityWithoutRoleOrWithAForgedTokenIsRejected() {
    assertThat(read(IDENTITY.token("gina")).statusCode()).isEqualTo(403);
    assertThat(read(IDENTITY.forged("mallory", "operator")).statusCode()).isEqualTo(401);
    assertThat(
            read(IDENTITY.token("other-program", "mallory", new String[] {"operator"}))
                .statusCode())
        .isEqualTo(401);
    assertThat(read("no-token-at-all").statusCode()).isEqualTo(401);
    assertThat(given().get("/api/deliveries").statusCode()).isEqualTo(401);
  }

  @Test
  void operatorTokensOpenNoWebhookAndWebhookTokensNoApi() {
    for (String token : new String[] {"operator-token", IDENTITY.token("grace", "operator")}) {
      Response webhook =
          bearer(token)
              .header("X-Webhook-Token", token)
              .contentType("application/json")
              .body("{}")
              .post("/webhooks/leads");
      assertThat(webhook.statusCode()).isEqualTo(401);
    }
    assertThat(read("leads-token").statusCode()).isEqualTo(401);
  }

  @Test
  void aBrowserIsRedirectedToTheLoginAndBack() throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    String page = "http://localhost:%d/api/destinations".formatted(RestAssured.port);

    HttpResponse<String> sent = visit(browser, page);
    assertThat(sent.statusCode()).isEqualTo(302);
    String login = sent.headers().firstValue("Location").orElseThrow();
    assertThat(login).contains("client_id=" + IdentityProvider.CLIENT).doesNotContain("secret");
    IDENTITY.logIn("vera", "viewer");
    HttpResponse<String> back =
        visit(
            browser,
            parameter(login, "redirect_uri") + "?code=any&state=" + parameter(login, "state"));
    assertThat(back.statusCode()).isEqualTo(302);

    HttpResponse<String> loggedIn =
        visit(browser, back.headers().firstValue("Location").orElseThrow());
    assertThat(loggedIn.statusCode()).isEqualTo(200);
    assertThat(loggedIn.body()).contains("\"items\"");
  }

  private static HttpResponse<String> visit(HttpClient browser, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html,*/*;q=0.8").build();
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String parameter(String url, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(url);
    assertThat(matcher.find()).isTrue();
    return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
  }

  private static String pausedBy() {
    return read("operator-token").then().extract().path("items.find { it.name == 'flip' }.by");
  }

  private static Response read(String token) {
    return bearer(token).get("/api/destinations");
  }

  private static Response pause(String action, String token, String operator) {
    var request = bearer(token).contentType("application/json").body("{}");
    return (operator == null ? request : request.header("X-Operator", operator))
        .post("/api/destinations/flip/" + action);
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
