package org.solarrelay.ops.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SecurityHeadersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhooks/leads",
        "/webhooks/nobody",
        "/api/routes",
        "/api/contracts/openapi.yaml",
        "/handoff/enerflo/crm/1",
        "/",
        "/nowhere"
      })
  void everyAnswerCarriesThem(String path) {
    Response answer =
        given()
            .header("Authorization", "Bearer operator-token")
            .redirects()
            .follow(false)
            .get(path);

    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Server")).isNull();
  }
}
