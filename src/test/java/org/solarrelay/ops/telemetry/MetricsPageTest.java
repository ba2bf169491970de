package org.solarrelay.ops.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;

/** docs/metrics.md lists the metrics of a running program, and the metrics count what happens. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class MetricsPageTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(relay_\\w+)` \\| (\\w+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

  private final String email = UUID.randomUUID() + "@example.com";

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    HistoryClient.cancelPending();
    awaitIdle();
  }

  /** Waits until no delivery of an earlier test counts any more. */
  private void awaitIdle() {
    double[] before = {-1};
    await()
        .during(Duration.ofMillis(300))
        .until(
            () -> {
              double now = Scrape.of(metrics).sum("relay_attempt_seconds_count", Map.of());
              boolean none = now == before[0];
              before[0] = now;
              return none;
            });
  }

  @Test
  void thePageListsEveryMetricWithItsKindAndLabels() throws IOException {
    deliverOneLead();
    Scrape scrape = Scrape.of(metrics);

    Map<String, String> published = new TreeMap<>();
    scrape.kinds().entrySet().stream()
        .filter(metric -> metric.getKey().startsWith("relay_"))
        .forEach(
            metric ->
                published.put(
                    metric.getKey(),
                    metric.getValue() + scrape.labels(metric.getKey(), metric.getValue())));

    assertThat(published).isNotEmpty().isEqualTo(documented());
  }

  @Test
  void everyMetricHasAHelpText() {
    Scrape scrape = Scrape.of(metrics);
    String text = given().accept("text/plain").get(metrics).asString();

    assertThat(scrape.kinds().keySet())
        .filteredOn(name -> name.startsWith("relay_"))
        .allSatisfy(
            name ->
                assertThat(text)
                    .containsPattern(
                        "(?m)^# HELP " + name.replaceFirst("_total$", "(_total)?") + " \\S+"));
  }

  @Test
  void acceptedWebhooksAndDeliveriesAreCountedAndTimed() {
    Scrape before = Scrape.of(metrics);
    deliverOneLead();
    await().until(() -> increase(before, "relay_deliveries_total", delivered()) >= 1);

    assertThat(increase(before, "relay_webhooks_accepted_total", Map.of("source", "leads")))
        .isOne();
    Map<String, String> enerflo = Map.of("destination", "enerflo");
    assertThat(increase(before, "relay_delivery_latency_seconds_count", enerflo)).isOne();
    assertThat(increase(before, "relay_delivery_latency_seconds_sum", enerflo))
        .isBetween(0.001, 30.0);
    assertThat(increase(before, "relay_delivery_seconds_count", enerflo)).isOne();
    assertThat(increase(before, "relay_attempt_seconds_count", enerflo)).isOne();
    assertThat(increase(before, "relay_attempt_seconds_sum", enerflo)).isBetween(0.0001, 30.0);
  }

  @Test
  void theLatencyOfAnEventBeginsAtItsAcceptance() {
    Scrape before = Scrape.of(metrics);
    String receipt =
        Senders.leads(
            """
            {"specversion":"1.0","id":"%s","source":"web","type":"lead.submitted","time":"2001-01-01T00:00:00Z",
             "subject":"old","data":{"email":"%s"}}
            """
                .formatted(UUID.randomUUID(), email));
    HistoryClient.awaitDelivery(receipt, "enerflo");
    await().until(() -> increase(before, "relay_deliveries_total", delivered()) >= 1);

    assertThat(
            increase(
                before, "relay_delivery_latency_seconds_sum", Map.of("destination", "enerflo")))
        .isBetween(0.001, 30.0);
    // the sender gave a time
    await()
        .until(
            () ->
                increase(before, "relay_event_delay_seconds_count", Map.of("source", "leads"))
                    == 1);
    assertThat(
            increase(
                before,
                "relay_event_delay_seconds_bucket",
                Map.of("source", "leads", "le", "86400.0")))
        .as("it was later than a day")
        .isZero();
  }

  @Test
  void anEventWithoutATimeHasNoDelayAndAProducersEventHasOne() {
    Scrape before = Scrape.of(metrics);
    deliverOneLead();
    String time = Instant.now().minusSeconds(30).toString();
    Producers.send(
        "solar.leads",
        email,
        """
        {"specversion":"1.0","id":"%s","source":"crm","type":"lead.submitted","time":"%s","subject":"%s",
         "data":{"email":"%s"}}
        """
            .formatted(UUID.randomUUID(), time, UUID.randomUUID(), email));
    await()
        .until(
            () ->
                increase(before, "relay_event_delay_seconds_count", Map.of("source", "crm")) == 1);

    assertThat(increase(before, "relay_event_delay_seconds_count", Map.of())).isOne();
    assertThat(increase(before, "relay_event_delay_seconds_sum", Map.of())).isBetween(29.9, 60.0);
  }

  @Test
  void rejectedWebhooksAreCountedByReasonAndKnownSource() {
    Scrape before = Scrape.of(metrics);
    given().contentType("application/json").body("{}").post("/webhooks/leads");
    given().header("X-Webhook-Token", "leads-token").body("{}").post("/webhooks/leads");
    given().contentType("application/json").body("{}").post("/webhooks/" + UUID.randomUUID());

    assertThat(rejected(before, "leads", "unauthenticated")).isOne();
    assertThat(rejected(before, "leads", "media-type")).isOne();
    assertThat(rejected(before, "unknown", "unknown-source")).isOne();
  }

  @Test
  void aDeadLetterOfEachStageIsCounted() {
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD)).willReturn(aResponse().withStatus(422)));
    Scrape before = Scrape.of(metrics);
    Senders.solarproof("customer_created", "{\"note\":\"%s\"}".formatted(email));
    Producers.send("solar.leads", email, "{\"email\":1}");
    HistoryClient.awaitDelivery(Senders.leads("{\"email\":\"%s\"}".formatted(email)), "enerflo");

    await().until(() -> deadLetters(before, "translate", "none") == 1);
    await().until(() -> deadLetters(before, "fan-out", "none") == 1);
    await().until(() -> deadLetters(before, "deliver", "enerflo") == 1);
    assertThat(deadLetters(before, "deliver", "crm")).isZero();
  }

  @Test
  void aStageWithKafkaAndPostgresqlDoesNotWait() {
    Scrape scrape = Scrape.of(metrics);
    assertThat(scrape.samples("relay_stage_waiting"))
        .extracting(sample -> sample.labels().get("stage"))
        .containsExactlyInAnyOrder("intake", "translate", "fan-out", "deliver");
    await().until(() -> Scrape.of(metrics).sum("relay_stage_waiting", Map.of()) == 0);
  }

  private void deliverOneLead() {
    HistoryClient.awaitDelivery(Senders.leads("{\"email\":\"%s\"}".formatted(email)), "enerflo");
  }

  private static Map<String, String> delivered() {
    return Map.of("destination", "enerflo", "outcome", "delivered");
  }

  private double deadLetters(Scrape before, String stage, String destination) {
    return increase(
        before, "relay_dead_letters_total", Map.of("stage", stage, "destination", destination));
  }

  private double rejected(Scrape before, String source, String reason) {
    return increase(
        before, "relay_webhooks_rejected_total", Map.of("source", source, "reason", reason));
  }

  private double increase(Scrape before, String name, Map<String, String> labels) {
    return Scrape.of(metrics).sum(name, labels) - before.sum(name, labels);
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/metrics.md")));
    while (row.find()) {
      Stream<String> labels =
          Arrays.stream(row.group(3).split(","))
              .map(label -> label.replace("`", "").strip())
              .filter(label -> !label.equals("–"));
      rows.put(row.group(1), row.group(2) + labels.collect(Collectors.toCollection(TreeSet::new)));
    }
    return rows;
  }
}
