package org.solarrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends mutated samples to every entrance of a relay: webhooks, topics and the operator API. Notes
 * what no input may cause: a response of 500, a stack trace, an accepted webhook without a story.
 */
final class FuzzRun {

  static final String FLIP_SECRET = "whsec_ZmF1bHRzLWZsaXAtc2VjcmV0";

  private static final Path SAMPLES = Path.of("routes", "samples");
  private static final Duration STORY_WITHIN = Duration.ofSeconds(60);
  private static final int KAFKA_BATCH = 50;
  private static final String INBOX = "solar.inbox";
  private static final List<String> TOPICS =
      List.of(INBOX, "solar.leads", "solar.projects", "solar.enrollments");
  private static final List<String> PATHS =
      List.of(
          "/api/events/%s",
          "/api/deliveries/%s",
          "/api/deliveries?subject=%s",
          "/api/deliveries?state=%s",
          "/api/deliveries?cursor=%s",
          "/api/deliveries?since=%s",
          "/api/records/enerflo/%s",
          "/api/records/%s/1",
          "/handoff/enerflo/crm/%s?to=profile");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private enum Entrance {
    WEBHOOK,
    TOPIC,
    PREVIEW,
    API
  }

  private record Sample(String name, byte[] text) {}

  /**
   * A record for a topic.
   *
   * @param eventIds what may be its CloudEvents id; of the records that share an id, one has the
   *     history
   */
  private record Message(ProducerRecord<byte[], byte[]> record, List<String> eventIds) {

    /** Enough to send the record again by hand. */
    @Override
    public String toString() {
      String headers =
          Stream.of(record.headers().toArray())
              .map(it -> it.key() + "=" + new String(it.value(), StandardCharsets.UTF_8))
              .collect(Collectors.joining(", "));
      return shortened("headers [%s], value %s".formatted(headers, text(record.value())));
    }

    private static String text(byte[] value) {
      return new String(value, StandardCharsets.UTF_8);
    }
  }

  private final Relay relay;
  private final Topic topic;
  private final Random random;
  private final JsonMutator mutator;
  private final List<Sample> webhooks = new ArrayList<>();
  private final List<Sample> events = new ArrayList<>();
  private final List<Message> unsent = new ArrayList<>();
  private final Set<String> accepted = new LinkedHashSet<>();
  private final Map<String, Message> records = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<Entrance, Integer> sent = new EnumMap<>(Entrance.class);
  private int refused;

  FuzzRun(Relay relay, Topic topic, long seed) throws IOException {
    this.relay = relay;
    this.topic = topic;
    this.random = new Random(seed);
    this.mutator = new JsonMutator(random);
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        boolean webhook = name.startsWith("webhook-");
        byte[] text = Files.readAllBytes(file);
        (webhook ? webhooks : events).add(new Sample(name, webhook ? withOwnId(text) : text));
      }
    }
  }

  /** Sends so many inputs, or as many as fit into the time. */
  FuzzRun send(int inputs, Duration atMost) throws Exception {
    Instant end = Instant.now().plus(atMost);
    for (int n = 0; n < inputs && Instant.now().isBefore(end); n++) {
      Entrance entrance = entrance();
      sent.merge(entrance, 1, Integer::sum);
      switch (entrance) {
        case WEBHOOK -> webhook();
        case TOPIC -> record();
        case PREVIEW -> preview();
        case API -> api();
      }
    }
    sendRecords();
    return this;
  }

  /** Returns wrong responses, and each accepted message without a history in time. */
  List<String> violations() throws Exception {
    Instant end = Instant.now().plus(STORY_WITHIN);
    Set<String> open = new LinkedHashSet<>(accepted);
    while (!open.isEmpty() && Instant.now().isBefore(end)) {
      open.removeIf(this::hasStory);
    }
    open.forEach(id -> violations.add("no story of " + id));
    records.forEach(
        (position, message) -> {
          if (!hasStory(position) && message.eventIds.stream().noneMatch(this::hasStory)) {
            violations.add("no story of record %s: %s".formatted(position, message));
          }
        });
    relay
        .log()
        .lines()
        .filter(line -> line.startsWith("\tat ") || line.contains("OutOfMemoryError"))
        .limit(5)
        .forEach(line -> violations.add("in the log: " + line.strip()));
    return violations;
  }

  String figures() {
    return "%s; %d webhooks and %d records accepted, %d refused"
        .formatted(sent, accepted.size(), records.size(), refused);
  }

  /** A CloudEvent that comes as a webhook must not be one that comes by a topic. */
  private static byte[] withOwnId(byte[] webhook) throws IOException {
    return JSON.readTree(webhook) instanceof ObjectNode event && event.has("specversion")
        ? JSON.writeValueAsBytes(event.put("id", "webhook-" + event.path("id").asText()))
        : webhook;
  }

  private Entrance entrance() {
    int n = random.nextInt(10);
    return n < 5
        ? Entrance.WEBHOOK
        : n < 8 ? Entrance.TOPIC : n < 9 ? Entrance.PREVIEW : Entrance.API;
  }

  private void webhook() throws Exception {
    Sample sample = pick(webhooks);
    String[] name = sample.name.replace("-old", "").split("-", 3);
    String path = name[1].equals("solarproof") ? name[1] + "/" + name[2] : name[1];
    byte[] body = mutator.mutate(sample.text);
    HttpRequest.Builder request = post("/webhooks/" + path, body);
    if (name[1].equals("flip")) {
      sign(request, body);
    } else {
      request.header("X-Webhook-Token", Relay.TOKEN);
    }
    if (random.nextInt(5) == 0) {
      request.header("Idempotency-Key", UUID.nameUUIDFromBytes(body).toString());
    }
    HttpResponse<String> response = exchange(request, sample.name);
    if (response.statusCode() == 202) {
      accepted.add(JSON.readTree(response.body()).path("receipt").asText());
    } else {
      refused++;
    }
  }

  private static void sign(HttpRequest.Builder request, byte[] body) throws Exception {
    String id = "msg_" + UUID.nameUUIDFromBytes(body);
    long now = Instant.now().getEpochSecond();
    String signature =
        new Webhook(FLIP_SECRET).sign(id, now, new String(body, StandardCharsets.UTF_8));
    request
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(now))
        .header("webhook-signature", signature);
  }

  private void record() throws Exception {
    String name = pick(TOPICS);
    Sample sample = pick(name.equals(INBOX) ? webhooks : events);
    byte[] key = random.nextInt(4) == 0 ? null : mutator.text().getBytes(StandardCharsets.UTF_16BE);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(name, key, mutator.mutate(sample.text));
    if (random.nextInt(3) == 0) {
      for (String header :
          List.of("relay_source", "relay_receipt", "ce_id", "ce_type", "ce_source")) {
        record.headers().add(header, mutator.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    unsent.add(new Message(record, eventIds(record)));
    if (unsent.size() >= KAFKA_BATCH) {
      sendRecords();
    }
  }

  private void sendRecords() throws Exception {
    List<String> positions = topic.send(unsent.stream().map(Message::record).toList());
    for (int n = 0; n < positions.size(); n++) {
      records.put(positions.get(n), unsent.get(n));
    }
    unsent.clear();
  }

  /** Mutated copies of one sample keep its CloudEvents id, as a rule. */
  private static List<String> eventIds(ProducerRecord<byte[], byte[]> record) {
    List<String> ids = new ArrayList<>();
    Optional.ofNullable(record.headers().lastHeader("ce_id"))
        .ifPresent(it -> ids.add(new String(it.value(), StandardCharsets.UTF_8)));
    try {
      JsonNode event = JSON.readTree(record.value());
      if (event.has("specversion")) {
        ids.add(event.path("id").asText());
      }
    } catch (IOException e) {
      // no JSON: only a header can name an event
    }
    ids.removeIf(String::isBlank);
    return ids;
  }

  private void preview() throws Exception {
    Sample sample = pick(events);
    byte[] body = mutator.mutate(joined("{\"event\":", sample.text, "}"));
    exchange(operator(post("/api/preview", body)), "preview of " + sample.name);
  }

  private void api() throws Exception {
    String path = pick(PATHS).formatted(URLEncoder.encode(mutator.text(), StandardCharsets.UTF_8));
    exchange(operator(HttpRequest.newBuilder(relay.at(path))), path);
  }

  private HttpRequest.Builder post(String path, byte[] body) {
    URI uri = relay.at(path);
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private static HttpRequest.Builder operator(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + Relay.TOKEN);
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request, String what)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(
            request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    int status = response.statusCode();
    if (status >= 500 && status != 503 && !isHandOff(status, what)) {
      violations.add("%s: returned %d %s".formatted(what, status, shortened(response.body())));
    }
    if (status >= 400
        && (response.body().contains("\tat ") || response.body().contains("org.solarrelay."))) {
      violations.add("%s: shows code: %s".formatted(what, shortened(response.body())));
    }
    return response;
  }

  /** The stub of Enerflo has no page of a lead, so a hand-off ends with 502. */
  private static boolean isHandOff(int status, String what) {
    return status == 502 && what.startsWith("/handoff/");
  }

  private boolean hasStory(String id) {
    try {
      var story = relay.api("events/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
      return story != null && !story.path("state").asText().equals("accepted");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static byte[] joined(String before, byte[] text, String after) {
    return (before + new String(text, StandardCharsets.UTF_8) + after)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
