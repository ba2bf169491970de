package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is put into a pod of 256 MiB, each of it more than the heap could hold. */
enum HeapLoad {
  TOKENLESS(2000) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int connections) throws Exception {
      hold(relay, connections, "POST /webhooks/leads HTTP/1.1\r\n", List.of());
    }
  },
  /** A signature that nothing shows to be true yet. */
  UNSIGNED(2000) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int connections) throws Exception {
      hold(
          relay,
          connections,
          "POST /webhooks/flip HTTP/1.1\r\n",
          List.of(
              "webhook-id: msg_1",
              "webhook-timestamp: " + Instant.now().getEpochSecond(),
              "webhook-signature: v1,bm9uZQ=="));
    }
  },
  /** Senders with a token. */
  WITH_TOKEN(2000) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int connections) throws Exception {
      List<String> token = List.of("X-Webhook-Token: " + Relay.TOKEN);
      hold(relay, connections, "POST /webhooks/enerflo HTTP/1.1\r\n", token);
    }
  },
  DENSE_JSON(100) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int webhooks) throws Exception {
      String elements = "[],[],0,".repeat(BODY / 8 - 16);
      String dense = "{\"email\":\"a@example.com\",\"x\":[" + elements + "0]}";
      for (int n = 0; n < webhooks; n++) {
        try {
          assertThat(relay.post("leads", dense, "dense-" + n).statusCode()).isIn(413, 503);
        } catch (ConnectException e) {
          // killed meanwhile
          relay.awaitReady();
        }
      }
    }
  },
  /** Flip's list of a program, polled every second. */
  ENROLLMENTS(100_000) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int enrollments) throws Exception {
      bench.flip.list(enrollments);
      int before = bench.flip.lists();
      // the third begins once the second was read
      untilTrue(() -> bench.flip.lists() >= before + 3);
      bench.flip.list(0);
    }
  },
  /** Responses of 1 MiB without a space from all vendors, to these and to all other leads. */
  ENDLESS_WORDS(200) {
    @Override
    void put(FaultBench bench, Relay relay, String name, int leads) throws Exception {
      String words = "words" + name;
      for (String vendor : CountingVendors.NAMES) {
        bench.vendors.behave(vendor, VendorBehavior.ENDLESS_WORD);
      }
      WebhookSender.start(words, List.of(relay), leads, 1, 100).continueAfterFault().finish();
      // a CRM's receipt has no form; to the others the relay turns only now and then
      untilTrue(() -> bench.vendors.received("crm", words).size() >= leads);
      for (String vendor : List.of("enerflo", "solarproof")) {
        untilTrue(() -> relay.paused(vendor) == 1);
      }
      for (String vendor : CountingVendors.NAMES) {
        bench.vendors.behave(vendor, VendorBehavior.WELL);
      }
    }
  };

  /** How long a request may take, by configuration of the relay. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final int BODY = 1024 * 1024;

  /** Connections or webhooks of the whole load. */
  final int size;

  HeapLoad(int size) {
    this.size = size;
  }

  /**
   * Waits until every request has a response or was cut.
   *
   * @param name of this run of it, lower case letters
   */
  abstract void put(FaultBench bench, Relay relay, String name, int size) throws Exception;

  /** A relay that is killed meanwhile responds again later. */
  private static void untilTrue(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(condition);
  }

  /** Connections that send all of a body but its last byte, and go on waiting. */
  private static void hold(Relay relay, int connections, String requestLine, List<String> headers)
      throws Exception {
    URI server = relay.at("/");
    StringBuilder head = new StringBuilder(requestLine).append("Host: relay\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: ").append(BODY).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] body = " ".repeat(BODY - 1).getBytes(StandardCharsets.US_ASCII);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> writing = new ArrayList<>();
    for (int n = 0; n < connections; n++) {
      writing.add(threads.submit(() -> write(server, start, body)));
    }
    for (Future<?> one : writing) {
      one.get();
    }
    threads.shutdown();
  }

  /** As far as the relay lets it: a refused connection is closed, and a slow one ends in time. */
  private static void write(URI server, byte[] head, byte[] body) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) DEADLINE.plusSeconds(5).toMillis());
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.getInputStream().read();
    } catch (IOException e) {
      // closed by the relay
    }
  }
}
