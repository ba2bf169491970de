package org.solarrelay.ops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;

/** Limits against clients that are slow, send too much or open too many connections. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ServerLimitsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = DEADLINE.plusSeconds(10);

  private static final String HEAD =
      """
      POST /webhooks/leads HTTP/1.1
      Host: relay
      X-Webhook-Token: leads-token
      Content-Type: application/json
      """
          .replace("\n", "\r\n");

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static Future<Duration> slowHeader;
  private static Future<Duration> slowBody;
  private static Future<Duration> slowSecondRequest;
  private static Future<String> secondRequestAfterAPause;

  /** Starts all slow clients at once, because they wait for the same deadline. */
  @BeforeEach
  void startSlowClients() {
    if (slowHeader == null) {
      slowHeader = THREADS.submit(ServerLimitsTest::dripHeader);
      slowBody = THREADS.submit(ServerLimitsTest::dripBody);
      slowSecondRequest = THREADS.submit(ServerLimitsTest::dripSecondRequest);
      secondRequestAfterAPause = THREADS.submit(ServerLimitsTest::pauseBetweenTwoRequests);
    }
  }

  @AfterAll
  static void endSlowClients() {
    THREADS.shutdownNow();
  }

  @Test
  void aSlowHeaderEndsWithTheDeadline() throws Exception {
    assertThat(slowHeader.get()).isGreaterThan(DEADLINE.minusSeconds(2));
  }

  private static Duration dripHeader() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send("POST /webhooks/leads HTTP/1.1\r\nX-Drip: ");

      return client.dripUntilClosed('a', PATIENCE);
    }
  }

  @Test
  void aSlowBodyEndsWithTheDeadline() throws Exception {
    assertThat(slowBody.get()).isGreaterThan(DEADLINE.minusSeconds(2));
  }

  private static Duration dripBody() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(HEAD + "Content-Length: 100000\r\n\r\n{");

      return client.dripUntilClosed(' ', PATIENCE);
    }
  }

  @Test
  void aSecondRequestOfTheSameConnectionHasADeadlineToo() throws Exception {
    assertThat(slowSecondRequest.get()).isGreaterThan(DEADLINE.minusSeconds(2));
  }

  private static Duration dripSecondRequest() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(HEAD + "Content-Length: 2\r\n\r\n{}");
      assertThat(client.response()).startsWith("HTTP/1.1 202");
      client.send("GET /api/");

      return client.dripUntilClosed('a', PATIENCE);
    }
  }

  @Test
  void aConnectionThatWaitsBetweenTwoRequestsStaysOpen() throws Exception {
    assertThat(secondRequestAfterAPause.get()).startsWith("HTTP/1.1 202");
  }

  private static String pauseBetweenTwoRequests() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(HEAD + "Content-Length: 2\r\n\r\n{}");
      assertThat(client.response()).startsWith("HTTP/1.1 202");
      long firstResponse = System.nanoTime();

      await()
          .atMost(PATIENCE)
          .until(() -> System.nanoTime() - firstResponse > DEADLINE.plusSeconds(2).toNanos());

      client.send(HEAD + "Content-Length: 2\r\n\r\n{}");
      return client.statusLine();
    }
  }

  @Test
  void headersOverTheLimitAreRejected() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(
          "GET /api/routes HTTP/1.1\r\nHost: relay\r\nX-Large: "
              + "a".repeat(17 * 1024)
              + "\r\n\r\n");

      assertThat(client.response()).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void anUrlOverTheLimitIsRejected() throws Exception {
    try (RawClient client = new RawClient()) {
      client.send("GET /api/" + "a".repeat(5 * 1024) + " HTTP/1.1\r\n\r\n");

      assertThat(client.response()).contains(" 414 ");
    }
  }

  @Test
  void moreConnectionsThanTheLimitAreClosedAndTheOthersAreServed() throws Exception {
    int limit = 400;
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i <= limit; i++) {
        clients.add(new RawClient());
      }
      // the server's threads accept connections in any order
      await().until(() -> stillOpen(clients).size() <= limit);
      RawClient served = stillOpen(clients).get(0);
      served.send(HEAD + "Content-Length: 2\r\n\r\n{}");
      assertThat(served.statusLine()).startsWith("HTTP/1.1 202");
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    await()
        .untilAsserted(
            () -> assertThat(RestAssured.get("/api/routes").statusCode()).isEqualTo(401));
  }

  private static List<RawClient> stillOpen(List<RawClient> clients) throws IOException {
    List<RawClient> open = new ArrayList<>();
    for (RawClient client : clients) {
      if (!client.closedWithin(1)) {
        open.add(client);
      }
    }
    return open;
  }
}
