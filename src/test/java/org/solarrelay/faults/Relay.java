package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.PortAllocator;
import org.solarrelay.k8s.KnownSettings;

/** The packaged program in its own process, with the bench's Kafka, PostgreSQL and vendors. */
final class Relay implements AutoCloseable {

  /** Of every source, and of the operators. */
  static final String TOKEN = "faults-token";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Whatever a case is about, all of its people live here. */
  private static final String SOMEBODY = "@example.com";

  private final String name;
  private final Map<String, String> environment;
  private final int port = PortAllocator.next();
  private final int managementPort = PortAllocator.next();
  private final List<String> jvmOptions = new ArrayList<>();
  private Path build = Path.of("target", "quarkus-app");
  private ChildJvm process;

  Relay(String name, Map<String, String> settings) {
    this.name = name;
    environment = new HashMap<>();
    for (String source : List.of("LEADS", "ENERFLO", "SOLARPROOF")) {
      environment.put("WEBHOOK_TOKEN_" + source, TOKEN);
    }
    environment.put("RELAY_OPERATOR_TOKEN", TOKEN);
    environment.put("ENERFLO_RATE_LIMIT", "0");
    environment.put("RELAY_LEASE", "PT10S");
    environment.put("RELAY_HTTP_RESPONSE_TIMEOUT", "PT4S");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.putAll(settings);
  }

  /** Gives it another heap than the bench's; it ends when that is full, as a pod does. */
  Relay withHeap(String size) {
    jvmOptions.addAll(List.of("-Xmx" + size, "-XX:+ExitOnOutOfMemoryError"));
    return this;
  }

  /** Runs another build, from its folder {@code quarkus-app}. */
  Relay of(Path quarkusApp) {
    build = quarkusApp;
    return this;
  }

  /** Returns at once. */
  Relay launch() throws IOException {
    List<String> arguments = new ArrayList<>(jvmOptions);
    arguments.addAll(List.of("-jar", build.resolve("quarkus-run.jar").toString()));
    process = ChildJvm.start(name, environment, arguments);
    return this;
  }

  /** Returns once it is ready, as Kubernetes would see it. */
  Relay start() throws IOException {
    return launch().awaitReady();
  }

  Relay awaitReady() {
    process.once(() -> management("/q/health/ready").statusCode() == 200);
    return this;
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  /** What SIGTERM does; how long it took. */
  Duration stop() throws InterruptedException {
    long start = System.nanoTime();
    process.stop();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Returns the log since the last start. */
  String log() throws IOException {
    return process.log();
  }

  int liveness() throws IOException, InterruptedException {
    return management("/q/health/live").statusCode();
  }

  /** Where that path of the main port is. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Returns the response of the management port to a GET. */
  String get(String path) throws IOException, InterruptedException {
    return management(path).body();
  }

  /**
   * @param path behind {@code /webhooks/}
   * @param key the sender's Idempotency-Key
   */
  HttpResponse<String> post(String path, String body, String key)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/webhooks/%s".formatted(port, path)))
            .header("Content-Type", "application/json")
            .header("X-Webhook-Token", TOKEN)
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Returns the response of the operator API; null for a 404. */
  JsonNode api(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/%s".formatted(port, path)))
                .header("Authorization", "Bearer " + TOKEN));
    if (response.statusCode() != 200 && response.statusCode() != 404) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return response.statusCode() == 404 ? null : JSON.readTree(response.body());
  }

  /** Returns the status and the response of the operator API to a POST without a body. */
  String send(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/%s".formatted(port, path)))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody()));
    return response.statusCode() + " " + response.body();
  }

  /** Returns the history of a webhook, event or message; null while it waits for a stage. */
  JsonNode story(String id) throws IOException, InterruptedException {
    JsonNode story = api("events/" + id);
    return story == null || story.path("state").asText().equals("accepted") ? null : story;
  }

  /** What the ledger holds for a destination, of records whose names begin so. */
  List<JsonNode> deliveries(String destination, String prefix)
      throws IOException, InterruptedException {
    return deliveries(destination, prefix, Instant.EPOCH);
  }

  /** The same without what is older. */
  List<JsonNode> deliveries(String destination, String prefix, Instant since)
      throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    String all = "deliveries?limit=500&destination=%s&since=%s".formatted(destination, since);
    String cursor = "";
    do {
      JsonNode page = api(all + cursor);
      page.path("items").forEach(found::add);
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
    } while (cursor != null);
    return found.stream().filter(one -> one.path("subject").asText().startsWith(prefix)).toList();
  }

  /** Some of those that are not over. */
  List<JsonNode> open(String destination) throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    for (String state : List.of("pending", "running", "held")) {
      api("deliveries?limit=5&state=%s&destination=%s".formatted(state, destination))
          .path("items")
          .forEach(found::add);
    }
    return found;
  }

  /** {@code relay_destination_paused}. */
  double paused(String destination) throws IOException, InterruptedException {
    Matcher gauge =
        Pattern.compile(
                "relay_destination_paused\\{destination=\"%s\",?} (\\S+)".formatted(destination))
            .matcher(management("/q/metrics").body());
    if (!gauge.find()) {
      throw new IOException("no relay_destination_paused of " + destination);
    }
    return Double.parseDouble(gauge.group(1));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process != null) {
      process.stop();
      assertThat(log()).doesNotContain(secrets()).doesNotContain(SOMEBODY);
    }
  }

  private List<String> secrets() {
    return environment.entrySet().stream()
        .filter(setting -> KnownSettings.isSecret(setting.getKey()))
        .map(Map.Entry::getValue)
        // vendors tell instances apart by a key that is the instance's name
        .filter(value -> !value.isBlank() && !value.equals(name))
        .toList();
  }

  private HttpResponse<String> management(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }
}
