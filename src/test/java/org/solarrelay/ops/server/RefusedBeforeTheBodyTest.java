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

/**
 * The relay rejects a request by its headers before the body arrives, and closes the connection.
 */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RefusedBeforeTheBodyTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String TOKEN = "X-Webhook-Token: leads-token\r\n";
  private static final String MIB = "Content-Length: 1048576\r\n\r\n";

  @Inject MeterRegistry metrics;

  @ParameterizedTest
  @CsvSource({
    "404, POST /webhooks/unknown, leads-token, application/json, 1048576",
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
      client.send(
          "%s HTTP/1.1\r\nHost: relay\r\nX-Webhook-Token: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n{"
              .formatted(line, token, type, length));

      assertThat(client.response())
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("connection: close")
          .contains("application/problem+json");
      assertThat(client.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"-600, v1, 401", "600, v1, 401", "0, v0, 401"})
  void aSignatureThatCannotMatchIsRejectedByItsHeaders(int off, String version, int status)
      throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(
          "POST /webhooks/flip HTTP/1.1\r\nHost: relay\r\nWebhook-Id: msg_1\r\nWebhook-Timestamp: "
              + (Instant.now().getEpochSecond() + off)
              + "\r\nWebhook-Signature: "
              + version
              + ",bm9uZQ==\r\n"
              + JSON
              + MIB);

      assertThat(client.response()).startsWith("HTTP/1.1 " + status);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void aClientThatSendsItsWholeBodyStillReadsTheRejection() throws Exception {
    for (int n = 0; n < 20; n++) {
      try (RawClient client = new RawClient()) {
        client.send("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + JSON + MIB);
        client.send(" ".repeat(1024 * 1024));

        assertThat(client.response()).startsWith("HTTP/1.1 401");
      }
    }
  }

  @Test
  void rejectedConnectionsDoNotCountAgainstTheLimit() throws Exception {
    RawClient[] clients = new RawClient[500];
    try {
      for (int n = 0; n < clients.length; n++) {
        clients[n] = new RawClient();
        clients[n].send("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + JSON + MIB + "{");
        assertThat(clients[n].closedAfterResponse()).isTrue();
      }
      try (RawClient client = new RawClient()) {
        client.send(
            "POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n"
                + TOKEN
                + JSON
                + "Content-Length: 2\r\n\r\n{}");
        assertThat(client.response()).startsWith("HTTP/1.1 202");
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
    double before = reservedBytes();
    try (RawClient client = new RawClient()) {
      client.send("POST /webhooks/leads HTTP/1.1\r\nHost: relay\r\n" + TOKEN + JSON + MIB);
      client.send(" ".repeat(500_000));

      await().until(() -> reservedBytes() - before >= 500_000);
    }
    await().untilAsserted(() -> assertThat(reservedBytes()).isLessThanOrEqualTo(before));
  }

  private double reservedBytes() {
    return metrics.get("relay_webhook_body_bytes").gauge().value();
  }
}
