package org.solarrelay.ops.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.OwnDestination.PATH;
import static org.solarrelay.OwnDestination.postLead;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.LogCapture;
import org.solarrelay.OwnDestination;
import org.solarrelay.RawTopicRecords;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

/** A secret in a destination's URL appears only in the call to the vendor. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class SecretUrlTest {

  private static final List<String> SECRETS =
      List.of("T0AB12CD3", "B0XY98ZW7", "x8Yf2kQ9wLm4Rt7Zb1Vn");

  private static final String EVENT =
      """
      {"event": {"topic": "solar.leads", "key": "7421",
       "data": {"fullName": "Ada Example", "email": "ada@example.com"}}}
      """;

  @Inject MeterRegistry metrics;

  @Test
  void noLogResponseTraceMetricPreviewOrRecordHasTheSecret() throws Exception {
    Map<String, String> seen = new TreeMap<>();
    VendorStubs.reset();
    try (LogCapture log = LogCapture.open();
        OwnDestination slack = new OwnDestination()) {
      VendorStubs.stub(
          post(PATH).willReturn(aResponse().withStatus(404).withBody("no channel at " + PATH)));
      String dead = postLead();
      assertThat(HistoryClient.awaitDelivery(dead, "slack").path("state").asText())
          .isEqualTo("dead");
      VendorStubs.stub(post(PATH).willReturn(aResponse().withFault(CONNECTION_RESET_BY_PEER)));
      String retried = postLead();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  HistoryClient.history(retried).toString().contains("\"destination\":\"slack\""));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> deadLetters().stream().anyMatch(it -> it.contains("slack")));

      seen.put("history", HistoryClient.history(dead).toString() + HistoryClient.history(retried));
      for (String path : List.of("destinations", "deliveries?destination=slack", "routes")) {
        seen.put(path, HistoryClient.get("/api/" + path).asString());
      }
      seen.put("preview", preview());
      seen.put("dead letters", String.join("\n", deadLetters()));
      seen.put("outcomes", String.join("\n", records("solar.outcomes")));
      seen.put("traces", spans());
      seen.put(
          "metrics",
          metrics.getMeters().stream()
              .map(meter -> meter.getId().toString())
              .collect(Collectors.joining("\n")));
      slack.remove();
      OwnDestination.awaitState("off");
      seen.put("log", String.join("\n", log.lines()));
    }

    seen.forEach(
        (where, text) -> {
          assertThat(text).as(where).contains("slack");
          SECRETS.forEach(secret -> assertThat(text).as(where).doesNotContain(secret));
        });
    assertThat(seen.get("history")).contains("no channel at").contains("/services/***/***/***");
    assertThat(seen.get("preview")).contains("/services/***/***/***");
  }

  private static String preview() {
    return given()
        .header("Authorization", "Bearer operator-token")
        .contentType("application/json")
        .body(EVENT)
        .post("/api/preview")
        .asString();
  }

  private static List<String> deadLetters() {
    return records("solar.dead-letters");
  }

  private static List<String> records(String topic) {
    return RawTopicRecords.all(topic).stream().map(SecretUrlTest::text).toList();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    String headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(it -> it.key() + "=" + new String(it.value(), StandardCharsets.UTF_8))
            .collect(Collectors.joining(" "));
    String value = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
    return headers + " " + value;
  }

  private static String spans() {
    return RecordedSpans.SPANS.getFinishedSpanItems().stream()
        .map(span -> span.getName() + span.getAttributes() + span.getStatus() + span.getEvents())
        .collect(Collectors.joining("\n"));
  }
}
