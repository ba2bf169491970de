package org.solarrelay.ops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.LogCapture;
import org.solarrelay.RelayEnvironment;

/** Error responses of Vert.x and Quarkus have the form of the relay's own. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ErrorResponsesTest {

  private static final String OPERATOR = "Host: relay\r\nAuthorization: Bearer operator-token\r\n";

  @ParameterizedTest
  @CsvSource({
    "400, GET /%",
    "400, GET /%zz",
    "400, GET /%25;a",
    "400, GET /api/events/%25;a",
    "400, GET /api/events/%",
    "400, GET /handoff/enerflo/%25/1",
    "400, GET /api/deliveries?limit=%",
    "400, POST /webhooks/leads?token=%zz",
    "400, GET /webhooks/%",
    "404, GET /nowhere",
    "404, GET nowhere",
    "404, GET /api/nothing",
    "404, GET /api/../nowhere",
    "404, GET /a%00b",
    "404, OPTIONS *",
    "404, GET /webhooks",
    "404, POST /webhooks",
    "404, HEAD /webhooks",
    "404, OPTIONS /webhooks",
    "404, GET /webhooks?x",
    "404, GET /webhooks/",
    "404, GET //webhooks",
    "404, GET /webhooks//",
    "404, GET /webhooks/.",
    "404, GET /x/../webhooks",
    "404, GET /webhooks;a",
    "404, POST /webhooks/enerflo/extra",
    "404, POST /webhooks%2Fleads",
    "405, HEAD /webhooks/leads",
    "405, OPTIONS /webhooks/leads",
    "405, PATCH /api/routes"
  })
  void everyErrorIsAProblemWithTheSecurityHeaders(int status, String line) throws Exception {
    try (RawClient client = new RawClient();
        LogCapture log = LogCapture.open()) {
      client.send(line + " HTTP/1.1\r\n" + OPERATOR + "Connection: close\r\n\r\n");

      assertProblem(client.response(), status, line.startsWith("HEAD"));
      assertThat(log.lines()).noneMatch(logged -> logged.contains("\tat "));
    }
  }

  @Test
  void anUrlOverTheLimitIsRejected() throws Exception {
    assertRejected("GET /api/" + "a".repeat(5 * 1024) + " HTTP/1.1\r\n" + OPERATOR + "\r\n", 414);
  }

  @Test
  void headersOverTheSizeLimitAreRejected() throws Exception {
    assertRejected(
        "GET / HTTP/1.1\r\n" + OPERATOR + "X: " + "a".repeat(17 * 1024) + "\r\n\r\n", 431);
  }

  @Test
  void tooManyHeadersAreRejected() throws Exception {
    assertRejected("GET / HTTP/1.1\r\n" + OPERATOR + "a:\r\n".repeat(200) + "\r\n", 431);
  }

  @Test
  void aBodyOverTheLimitOfTheApiIsRejected() throws Exception {
    assertRejected(
        "POST /api/preview HTTP/1.1\r\n"
            + OPERATOR
            + "Content-Type: application/json\r\nContent-Length: 2097153\r\n\r\n{",
        413);
  }

  private static void assertRejected(String request, int status) throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(request);

      assertProblem(client.response(), status, false);
      assertThat(client.closed()).isTrue();
    }
  }

  private static void assertProblem(String response, int status, boolean withoutBody) {
    assertThat(response.split("\r\n")[0]).matches("HTTP/1\\.[01] " + status + " .+");
    assertThat(response)
        .contains("application/problem+json", "Content-Security-Policy", "Referrer-Policy")
        .contains("nosniff", "X-Frame-Options", "Strict-Transport-Security", "no-store");
    String body = response.split("\r\n\r\n", 2)[1];
    if (withoutBody) {
      assertThat(body).isEmpty();
    } else {
      assertThat(body)
          .startsWith("{\"type\":\"about:blank\",\"title\":\"")
          .contains("\"status\":" + status, "\"detail\":\"")
          .doesNotContain("Exception");
    }
  }
}
