package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A relay with the heap of a pod, which ends when it is out of memory. Each case puts more into it
 * than it could hold; beside that leads come in, 20 a second, and all of them arrive.
 */
class SmallHeapIT {

  private static final FaultBench BENCH = FaultBench.SHARED;
  private static final int LEADS = 60;
  private static final int LEADS_A_SECOND = 20;
  private static final int BODY = 1024 * 1024;
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Of the largest body each: twice the heap. */
  private static final int CONNECTIONS = 500;

  private static final int WEBHOOKS = 100;

  private static Relay relay;

  /** What a case does to the relay while leads come in. */
  interface Load {
    void put() throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    BENCH.stopSteadyRelay();
    relay =
        BENCH
            .relay(
                "small-heap",
                Map.of(
                    "RELAY_SERVER_REQUEST_DEADLINE",
                    DEADLINE.toString(),
                    "WEBHOOK_SECRET_FLIP",
                    "whsec_ZmF1bHRzLWZsaXAtc2VjcmV0"))
            .withHeap("256m")
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  @Test
  void connectionsWithoutTokenThatHoldAlmostAWholeBody() throws Exception {
    holds("tokenless", () -> hold("POST /webhooks/leads HTTP/1.1\r\n", List.of()));
  }

  @Test
  void connectionsWithASignatureThatNothingShowsToBeTrueYet() throws Exception {
    holds(
        "unsigned",
        () ->
            hold(
                "POST /webhooks/flip HTTP/1.1\r\n",
                List.of(
                    "webhook-id: msg_1",
                    "webhook-timestamp: " + Instant.now().getEpochSecond(),
                    "webhook-signature: v1,bm9uZQ==")));
  }

  @Test
  void connectionsWithATokenThatHoldAlmostAWholeBody() throws Exception {
    holds(
        "slowbody",
        () ->
            hold(
                "POST /webhooks/enerflo HTTP/1.1\r\n", List.of("X-Webhook-Token: " + Relay.TOKEN)));
  }

  @Test
  void webhooksOfTheDensestJson() throws Exception {
    String dense =
        "{\"email\":\"a@example.com\",\"x\":[" + "[],[],0,".repeat(BODY / 8 - 16) + "0]}";
    holds(
        "densejson",
        () -> {
          for (int n = 0; n < WEBHOOKS; n++) {
            assertThat(relay.post("leads", dense, "dense-" + n).statusCode()).isIn(413, 503);
          }
        });
  }

  /** The relay takes the load, and every lead beside it arrives. */
  private static void holds(String name, Load load) throws Exception {
    Sender leads = Sender.start(name, List.of(relay), LEADS, 1, LEADS_A_SECOND);
    load.put();
    leads.goOn().finish();
    assertThat(leads.accepted.size() + leads.uncertain.size()).isEqualTo(LEADS);
    for (String vendor : CountingVendors.NAMES) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(BENCH.vendors.events(vendor, name))
                      .as(vendor)
                      .containsAll(leads.accepted));
    }
    assertThat(relay.liveness()).isEqualTo(200);
    assertThat(relay.said()).doesNotContain("OutOfMemoryError");
    System.out.printf(
        "%s: p99 %d ms, %d times 503%n", name, leads.pace.p99Millis(), leads.unavailable.get());
  }

  /** Connections that send all of a body but its last byte, and go on waiting. */
  private static void hold(String requestLine, List<String> headers) throws Exception {
    URI server = relay.at("/");
    StringBuilder head = new StringBuilder(requestLine).append("Host: relay\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: ").append(BODY).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] body = " ".repeat(BODY - 1).getBytes(StandardCharsets.US_ASCII);
    List<Socket> open = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (int n = 0; n < CONNECTIONS; n++) {
        Socket socket = new Socket(server.getHost(), server.getPort());
        open.add(socket);
        writing.add(threads.submit(() -> write(socket, start, body)));
      }
      for (Future<?> one : writing) {
        one.get();
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
      threads.shutdownNow();
    }
  }

  /** As far as the relay lets it: a refused connection is closed, and a slow one ends in time. */
  private static void write(Socket socket, byte[] head, byte[] body) {
    try {
      socket.setSoTimeout((int) DEADLINE.plusSeconds(5).toMillis());
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.getInputStream().read();
    } catch (IOException e) {
      // closed by the relay
    }
  }
}
