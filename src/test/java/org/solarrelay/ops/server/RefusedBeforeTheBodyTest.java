package org.solarrelay.ops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.RelayEnvironment;

/** What headers decide is decided before a byte of the body is there, and the connection ends. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RefusedBeforeTheBodyTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String TOKEN = "X-Webhook-Token: leads-token\r\n";
  private static final String MIB = "Content-Length: 1048576\r\n\r\n";

  @Inject MeterRegistry metrics;

  @ParameterizedTest
  @CsvSource({
    "404, POST /webhooks/nobody, leads-token, application/json, 1048576",
    "404, POST /webhooks, leads-token, application/json, 1048576",
    "405, PUT /webhooks/leads, leads-token, application/json, 1048576",
    "401, POST /webhooks/leads, no-token, application/json, 1048576",
    "401, POST /webhooks/leads, no-token, text/plain, 99999999",
    "401, POST /webhooks/leads?token=leads, '', text/plain, 99999999",
    "401, POST /webhooks/flip, leads-token, application/json, 1048576",
    "415, POST /webhooks/leads, leads-token, text/plain, 99999999",
    "413, POST /webhooks/leads, leads-token, application/json, 1048577",
    "404, POST /nowhere, leads-token, application/json, 1048576",
    "401, POST /api/preview, leads-token, application/json, 1048576",
    "401, PUT /api/records/crm/1, leads-token, application/json, 1048576"
  })
  void theResponseComesAtOnce(int status, String line, String token, String type, long length)
      throws Exception {
    try (RawClient client = new RawClient()) {
      client.say(
          "%s HTTP/1.1\r\nHost: relay\r\nX-Webhook-Token: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n{"
              .formatted(line, token, type, length));

      assertThat(client.answer())
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("connection: close")
          .contains("application/problem+json");
      assertThat(client.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"-600, v1, 401", "600, v1, 401", "0, v0, 401"})
  void aSignatureThatCannotFitIsRefusedByItsHeaders(int off, String version, int status)
      throws Exception {
    try (RawClient client = new RawClient()) {
      client.say(
          "POST /webhooks/flip HTTP/1.1\r\nHost: relay\r\nWebhook-Id: msg_1\r\nWebhook-Timestamp: "
              + (Instant.now().getEpochSecond() + off)
              + "\r\nWebhook-Signature: "
              + version
              + ",bm9uZQ==\r\n"
              + JSON
              + MIB);

      assertThat(client.answer()).startsWith("HTTP/1.1 " + status);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void oneWhoIsRefusedWithItsWholeBodyReadsTheResponse() throws Exception {
    for (int n = 0; n < 20; n++) {
      try (RawClient client = new RawClient()) {
        client.say("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + JSON + MIB);
        client.say(" ".repeat(1024 * 1024));

        assertThat(client.answer()).startsWith("HTTP/1.1 401");
      }
    }
  }

  @Test
  void aHundredRefusedConnectionsLeaveRoomForOthers() throws Exception {
    RawClient[] clients = new RawClient[500];
    try {
      for (int n = 0; n < clients.length; n++) {
        clients[n] = new RawClient();
        clients[n].say("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + JSON + MIB + "{");
        assertThat(clients[n].closedAfterResponse()).isTrue();
      }
      try (RawClient client = new RawClient()) {
        client.say(
            "POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n"
                + TOKEN
                + JSON
                + "Content-Length: 2\r\n\r\n{}");
        assertThat(client.answer()).startsWith("HTTP/1.1 202");
      }
    } finally {
      for (RawClient client : clients) {
        if (client != null) {
          client.close();
        }
      }
    }
  }

  @Test
  void aBodyCountsUntilItsConnectionEnds() throws Exception {
    double before = held();
    try (RawClient client = new RawClient()) {
      client.say("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + TOKEN + JSON + MIB);
      client.say(" ".repeat(500_000));

      await().until(() -> held() - before >= 500_000);
    }
    await().untilAsserted(() -> assertThat(held()).isLessThanOrEqualTo(before));
  }

  private double held() {
    return metrics.get("relay_webhook_body_bytes").gauge().value();
  }
}
