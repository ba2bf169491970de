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
        "/webhooks/unknown",
        "/api/routes",
        "/api/contracts/openapi.yaml",
        "/handoff/enerflo/crm/1",
        "/",
        "/nowhere"
      })
  void everyResponseHasTheSecurityHeaders(String path) {
    Response response =
        given()
            .header("Authorization", "Bearer operator-token")
            .redirects()
            .follow(false)
            .get(path);

    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(response.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Strict-Transport-Security")).startsWith("max-age=");
    assertThat(response.header("Cache-Control")).contains("no-store");
    assertThat(response.header("Server")).isNull();
  }
}
