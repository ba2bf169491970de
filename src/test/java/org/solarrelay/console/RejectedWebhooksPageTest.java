package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.solarrelay.RelayEnvironment.IDENTITY;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;

/** Rejected webhooks on their page, on Now and in {@code GET /api/rejected-webhooks}. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RejectedWebhooksPageTest {

  private static final String OPERATOR = "operator-token";

  private final String mark = UUID.randomUUID().toString();

  @BeforeEach
  void awaitDatabase() {
    HistoryClient.awaitDatabase();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /webhooks/leads, leads, unauthenticated, wrong, 11",
    "POST, /webhooks/nowhere, unknown, unknown-source, leads-token, 11",
    "PUT, /webhooks/leads, leads, not-post, leads-token, 11",
    "POST, /webhooks/leads, leads, media-type, leads-token, 11",
  })
  void aRejectedWebhookIsListed(
      String method, String path, String source, String reason, String token, int size) {
    String body = "{\"ann\":\"x\"}";
    given()
        .header("X-Webhook-Token", token)
        .contentType("text/plain; x=" + mark)
        .body(body)
        .request(method, path);

    Map<String, Object> listed = awaitListed(source, reason);
    assertThat(listed.get("size")).isEqualTo(size);
    assertThat(listed.get("sender").toString()).matches("127\\.0\\.0\\.1|[0:]+1");
    assertThat(listed.values().toString()).doesNotContain("ann", token);
  }

  @Test
  void nowLeadsToThemWithTheirNumberAndTime() {
    reject("<script>alert(1)</script>");
    awaitListed("leads", "unauthenticated");

    as(OPERATOR)
        .get("/console")
        .then()
        .statusCode(200)
        .body(containsString("/console/rejected?source=leads&amp;reason=unauthenticated"))
        .body(containsString(" of leads rejected: unauthenticated</a>, last at <time"));
    as(OPERATOR)
        .get("/console/rejected?source=leads&reason=unauthenticated")
        .then()
        .statusCode(200)
        .body(containsString("&lt;script&gt;"), not(containsString("<script>alert")))
        .body(containsString(mark), containsString("data-changes=\"rejections\""));
  }

  @Test
  void aViewerDoesNotSeeTheSender() {
    reject("text/plain");
    awaitListed("leads", "unauthenticated");
    String viewer = IDENTITY.token("vera", "viewer");

    assertThat(list(viewer).jsonPath().getList("items.sender")).containsOnly((Object) null);
    assertThat(list(IDENTITY.token("olga", "operator")).jsonPath().getList("items.sender"))
        .doesNotContainNull();
    as(viewer)
        .get("/console/rejected")
        .then()
        .statusCode(200)
        .body(containsString("for operators"), not(containsString("127.0.0.1")));
  }

  @ParameterizedTest
  @CsvSource({
    "reason=rudeness, reason is one of",
    "since=yesterday, since is a time",
    "cursor=x, cursor is a number",
    "sender=a, There is no query parameter sender",
  })
  void aWrongParameterIsAnErrorThatNamesIt(String query, String detail) {
    for (String path : List.of("/api/rejected-webhooks?", "/console/rejected?")) {
      as(OPERATOR).get(path + query).then().statusCode(400).body(containsString(detail));
    }
  }

  private void reject(String mediaType) {
    given()
        .header("X-Webhook-Token", "wrong")
        .header("Content-Type", mediaType + "; x=" + mark)
        .body("{}".getBytes())
        .post("/webhooks/leads");
  }

  private Map<String, Object> awaitListed(String source, String reason) {
    String query = "?source=%s&reason=%s&limit=500".formatted(source, reason);
    return await()
        .until(
            () ->
                as(OPERATOR)
                    .get("/api/rejected-webhooks" + query)
                    .jsonPath()
                    .<Map<String, Object>>getList("items")
                    .stream()
                    .filter(one -> String.valueOf(one.get("mediaType")).contains(mark))
                    .findFirst()
                    .orElse(Map.of()),
            listed -> !listed.isEmpty());
  }

  private static Response list(String token) {
    return as(token).get("/api/rejected-webhooks?reason=unauthenticated");
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
