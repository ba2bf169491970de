package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as it is watched in production: JSON on its console, traces to a collector. */
class ObservedRelayIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FaultBench bench = FaultBench.SHARED;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        call -> {
          String text =
              new String(call.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
          received.add(call.getRequestURI().getPath() + " " + text);
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    collector.start();
  }

  @AfterEach
  void end() {
    collector.stop(0);
  }

  @Test
  void everyLineIsJsonThatSaysWhatItIsAboutAndTheTraceOfItIsSent() throws Exception {
    bench.stopSteadyRelay();
    bench.vendors.refuse("observed-refused");
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    Map<String, String> settings =
        Map.of(
            "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
            "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
            "OTEL_BSP_SCHEDULE_DELAY", "200",
            "OTEL_EXPORTER_OTLP_COMPRESSION", "none");
    try (Relay relay = bench.relay("observed", settings).start()) {
      String lead =
          "{\"id\":\"observed-1\",\"email\":\"observed@example.com\",\"note\":\"observed-refused\"}";
      // as a sender does, which repeats after a 503
      HttpResponse<String> accepted =
          await()
              .until(
                  () -> relay.post("leads", lead, "observed-1"),
                  response -> response.statusCode() == 202);
      String receipt = JSON.readTree(accepted.body()).path("receipt").asText();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> relay.log().contains("is dead at enerflo"));

      JsonNode dead =
          lines(relay.log()).stream()
              .filter(line -> line.path("message").asText().contains("is dead at enerflo"))
              .findFirst()
              .orElseThrow();
      assertThat(dead.path("log.level").asText()).isEqualTo("WARN");
      assertThat(dead.path("service.name").asText()).isEqualTo("solar-relay");
      assertThat(dead.path("labels.receipt").asText()).isEqualTo(receipt);
      assertThat(dead.path("labels.destination").asText()).isEqualTo("enerflo");
      assertThat(dead.path("message").asText()).contains(dead.path("event.id").asText("no id"));
      String trace = dead.path("trace.id").asText();
      assertThat(trace).matches("[0-9a-f]{32}");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  received.stream()
                      .anyMatch(
                          sent -> sent.startsWith("/v1/traces ") && sent.contains(bytes(trace))));
      assertThat(received)
          .noneMatch(sent -> sent.contains("observed@example.com"))
          .noneMatch(sent -> sent.contains("faults-token"))
          .noneMatch(sent -> sent.contains("faults-solarproof-key"));
    }
  }

  private static List<JsonNode> lines(String said) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : said.split("\n")) {
      assertThat(line).doesNotContainPattern("^\\d{4}-\\d\\d-\\d\\d \\d\\d:");
      // what the JVM itself says is none of ours
      if (line.startsWith("{")) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** As protobuf has it: 16 bytes. */
  private static String bytes(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
