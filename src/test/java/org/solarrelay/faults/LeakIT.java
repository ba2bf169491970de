package org.solarrelay.faults;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, no key or token gets out, and no person into log, metrics or errors. */
class LeakIT {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final List<Integer> MISHAPS =
      List.of(200, 422, 401, 429, 503, 302, LeakDetectingVendor.CUT);

  private final FaultBench bench = FaultBench.SHARED;
  private final List<String> errors = new ArrayList<>();
  private final List<String> receipts = new ArrayList<>();

  @Test
  void noSecretGetsOutAndNoPersonIntoLogMetricsOrErrors() throws Exception {
    bench.stopSteadyRelay();
    try (LeakDetectingVendor vendor = new LeakDetectingVendor();
        Relay relay = bench.relay("leaks", MarkedData.settings(vendor.url())).start()) {
      for (int mishap : MISHAPS) {
        vendor.respondWith(mishap);
        int before = vendor.calls();
        sendEverything(relay, "leak" + mishap);
        await().atMost(Duration.ofSeconds(60)).until(() -> vendor.calls() > before + 2);
      }
      withoutDatabaseAndKafka(relay);
      refusals(relay);
      String responses = operatorResponses(relay);
      String metrics = relay.get("/q/metrics") + relay.get("/q/health");
      relay.stop();
      String log = relay.log();

      assertThat(responses).contains("Markedperson").contains("***");
      assertThat(log).contains("Destination enerflo is on");
      assertNone(MarkedData.secrets(), log + metrics + responses + errors);
      assertNone(List.of(bench.database.password()), log + metrics + responses + errors);
      assertNone(MarkedData.person(), log + metrics + errors);
    }
  }

  /** The other cases have other vendors, which do not receive this event. */
  @AfterEach
  void leaveNothingToDeliver() throws Exception {
    Database database = bench.database;
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("delete from delivery_work");
    }
  }

  private static void assertNone(List<String> marks, String text) {
    List<String> found = new ArrayList<>();
    for (String mark : marks) {
      Matcher place =
          Pattern.compile(".{0,200}" + Pattern.quote(mark) + ".{0,60}", CASE_INSENSITIVE)
              .matcher(text);
      place.results().map(MatchResult::group).limit(20).forEach(found::add);
    }
    assertThat(found).isEmpty();
  }

  private void sendEverything(Relay relay, String name) throws Exception {
    receipts.add(post(relay, "/webhooks/leads", MarkedData.LEADS, MarkedData.lead(name)).body());
    post(
        relay,
        "/webhooks/enerflo?token=" + MarkedData.ENERFLO,
        null,
        new TrafficMessage(TrafficMessage.Kind.ENERFLO_CUSTOMER, name.hashCode() & 0xffff, 0)
            .body()
            .replace("Ada", "Markedperson"));
    post(
        relay,
        "/webhooks/solarproof/customer_created?token=" + MarkedData.SOLARPROOF,
        null,
        "{\"customer_id\":%d,\"customer_name\":\"Markedperson %s\",\"customer_email\":\"%s@markedperson.example\"}"
            .formatted(name.hashCode() & 0xffff, name, name));
    topic("solar.leads", name + "-bare", MarkedData.lead(name + "-bare"));
    topic("solar.leads", name + "-torn", MarkedData.lead(name + "-torn").substring(0, 150));
    topic("solar.leads", name + "-odd", "{\"email\":{\"is\":\"odd@markedperson.example\"}}");
    topic(
        "solar.projects",
        name + "-project",
        "{\"type\":\"project.note-added\",\"ids\":{\"enerflo.install\":\"7\"},\"note\":\"Markedperson"
            + " "
            + name
            + "\"}");
    topic(
        "solar.enrollments",
        name + "-flip",
        "{\"status\":\"ACTIVE\",\"statusReason\":\"Markedperson\"}");
  }

  private void withoutDatabaseAndKafka(Relay relay) throws Exception {
    bench.database.stop();
    post(relay, "/webhooks/leads", MarkedData.LEADS, MarkedData.lead("leak-no-database"));
    errors.add(operator(relay, "/api/deliveries?subject=markedless").body());
    bench.database.start();
    bench.broker.stop();
    errors.add(
        post(relay, "/webhooks/leads", MarkedData.LEADS, MarkedData.lead("leak-no-kafka")).body());
    bench.broker.start();
    relay.awaitReady();
  }

  private void refusals(Relay relay) throws Exception {
    String lead = MarkedData.lead("leak-refused");
    errors.add(post(relay, "/webhooks/leads", MarkedData.WRONG, lead).body());
    errors.add(post(relay, "/webhooks/leads?token=" + MarkedData.WRONG, null, lead).body());
    errors.add(post(relay, "/webhooks/leads", MarkedData.LEADS, lead.substring(0, 150)).body());
    errors.add(post(relay, "/webhooks/flip", null, lead).body());
    errors.add(
        post(relay, "/webhooks/" + MarkedData.LEADS + "/" + MarkedData.LEADS, null, lead).body());
    errors.add(get(relay, "/api/deliveries", MarkedData.WRONG).body());
    errors.add(operator(relay, "/api/deliveries?since=Markedless").body());
    errors.add(post(relay, "/api/preview", null, lead).body());
  }

  private String operatorResponses(Relay relay) throws Exception {
    StringBuilder responses = new StringBuilder();
    for (String path :
        List.of("deliveries?limit=500", "destinations", "routes", "subscriptions/solarproof")) {
      responses.append(operator(relay, "/api/" + path).body()).append('\n');
    }
    for (String receipt : receipts) {
      String id = new ObjectMapper().readTree(receipt).path("receipt").asText();
      responses.append(operator(relay, "/api/events/" + id).body()).append('\n');
    }
    String preview =
        "{\"webhook\":{\"source\":\"leads\",\"body\":%s}}"
            .formatted(MarkedData.lead("leak-preview"));
    HttpRequest.Builder ask = json(relay, "/api/preview", preview);
    return responses + send(ask.header("Authorization", "Bearer " + MarkedData.OPERATOR)).body();
  }

  private void topic(String topic, String key, String body) throws Exception {
    Map<String, Object> connection =
        Map.of("bootstrap.servers", bench.broker.bootstrapServers(), "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, bytes(key), bytes(body))).get();
    }
  }

  private static HttpResponse<String> operator(Relay relay, String path) throws Exception {
    return get(relay, path, MarkedData.OPERATOR);
  }

  private static HttpResponse<String> get(Relay relay, String path, String token) throws Exception {
    return send(HttpRequest.newBuilder(relay.at(path)).header("Authorization", "Bearer " + token));
  }

  private static HttpResponse<String> post(Relay relay, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request = json(relay, path, body);
    return send(token == null ? request : request.header("X-Webhook-Token", token));
  }

  private static HttpRequest.Builder json(Relay relay, String path, String body) {
    return HttpRequest.newBuilder(relay.at(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(
        request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
