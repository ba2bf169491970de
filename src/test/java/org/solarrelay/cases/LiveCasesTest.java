package org.solarrelay.cases;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.RecordPosition;

/**
 * Each case of mode live: webhooks and Kafka records, sent to the running program. Ids, keys and
 * e-mail addresses are new in each run, because the relay remembers them.
 */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class LiveCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> UNFINISHED = Set.of("accepted", "resent");
  private static final Set<String> FINISHED = Set.of("delivered", "skipped", "dead", "held");
  private static final Map<String, String> TOKENS =
      Map.of("enerflo", "enerflo-token", "solarproof", "solarproof-token", "leads", "leads-token");

  private final int number = ThreadLocalRandom.current().nextInt(100, 1000);
  private final String suffix = "%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));

  static List<CaseFile> cases() {
    return CaseFile.ofMode("live");
  }

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
    RememberingVendors.stubAll();
    HistoryClient.awaitDatabase();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCaseHolds(CaseFile file) throws Exception {
    List<CaseOutcome> outcomes = new ArrayList<>();
    for (JsonNode send : file.sends()) {
      JsonNode mine = withOwnAddresses(send);
      outcomes.add(
          mine.has("webhook") ? posted(mine.path("webhook")) : produced(mine.path("kafka")));
    }

    file.verify(outcomes, suffix);
  }

  private CaseOutcome posted(JsonNode webhook) {
    String source = webhook.path("source").asText();
    RequestSpecification request =
        given()
            .config(withTheContentTypeAsItIs())
            .header("X-Webhook-Token", TOKENS.get(source))
            .body(body(webhook));
    webhook
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), ownHeader(header)));
    String path = "/webhooks/" + source;
    Response response =
        request.post(webhook.has("event") ? path + "/" + webhook.path("event").asText() : path);
    if (response.statusCode() != 202) {
      return CaseOutcome.rejected(response.statusCode());
    }
    String receipt = response.path("receipt");
    return outcome(List.of(receipt));
  }

  private byte[] body(JsonNode webhook) {
    if (webhook.has("bodyHex")) {
      return HexFormat.of().parseHex(webhook.path("bodyHex").asText());
    }
    if (webhook.has("bodyText")) {
      return bytes(webhook.path("bodyText").asText());
    }
    JsonNode body = webhook.path("body").deepCopy();
    renumber(body);
    return bytes(body.toString());
  }

  private String ownHeader(Map.Entry<String, JsonNode> header) {
    String value = header.getValue().asText();
    return Set.of("ce-id", "ce_id").contains(header.getKey().toLowerCase(Locale.ROOT))
        ? value + "-" + suffix
        : value;
  }

  private CaseOutcome produced(JsonNode message) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            message.path("topic").asText(), key(message), bytes(message.path("value").asText()));
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : message.path("headers").properties()) {
      String value = header.getValue().asText();
      if (header.getKey().matches(".+[_-]id")) {
        value += "-" + suffix;
        ids.add(value);
      }
      record.headers().add(header.getKey(), bytes(value));
    }
    ids.add(RecordPosition.of(Producers.sendBytes(record)));
    return outcome(ids);
  }

  private byte[] key(JsonNode message) {
    if (message.has("keyHex")) {
      String own = HexFormat.of().formatHex(bytes(suffix));
      return HexFormat.of().parseHex(message.path("keyHex").asText() + own);
    }
    return message.hasNonNull("key") ? bytes(message.path("key").asText() + "-" + suffix) : null;
  }

  /**
   * The history, once every delivery has ended.
   *
   * @param ids a receipt; or the event's id and the record's position, of which the API knows one
   */
  private static CaseOutcome outcome(List<String> ids) {
    JsonNode history =
        await().atMost(Duration.ofSeconds(30)).until(() -> history(ids), LiveCasesTest::hasEnded);
    Map<String, CaseOutcome.Delivery> deliveries = new HashMap<>();
    for (JsonNode delivery : history.path("deliveries")) {
      deliveries.put(
          delivery.path("destination").asText(),
          new CaseOutcome.Delivery(
              delivery.path("state").asText(),
              text(delivery, "reason"),
              text(delivery, "vendorId")));
    }
    String state = history.path("state").asText();
    List<JsonNode> events =
        StreamSupport.stream(history.path("events").spliterator(), false).toList();
    return new CaseOutcome(202, state, text(history, "reason"), events, deliveries, Map.of());
  }

  private static JsonNode history(List<String> ids) {
    return ids.stream()
        .map(HistoryClient::history)
        .filter(history -> history.has("id"))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static boolean hasEnded(JsonNode history) {
    return history.has("id")
        && !UNFINISHED.contains(history.path("state").asText())
        && StreamSupport.stream(history.path("deliveries").spliterator(), false)
            .allMatch(delivery -> FINISHED.contains(delivery.path("state").asText()));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).isTextual() ? node.path(field).textValue() : "";
  }

  private JsonNode withOwnAddresses(JsonNode send) throws JsonProcessingException {
    return JSON.readTree(send.toString().replace("@example.com", "+" + suffix + "@example.com"));
  }

  /** Gives records other ids. */
  private void renumber(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        field.setValue(renumbered(field.getKey(), field.getValue()));
      }
    }
    node.forEach(this::renumber);
  }

  private JsonNode renumbered(String name, JsonNode value) {
    boolean isId = Set.of("id", "customer_id", "install_id").contains(name);
    if (isId && value.isIntegralNumber() && value.longValue() >= 500_000) {
      return LongNode.valueOf(value.longValue() * 1000 + number);
    }
    if (name.equals("id") && value.asText().matches("[0-9a-f]{8}-[0-9a-f-]{27}")) {
      String uuid = value.textValue();
      long first = Long.parseLong(uuid.substring(0, 8), 16) ^ number;
      return TextNode.valueOf("%08x%s".formatted(first, uuid.substring(8)));
    }
    return Set.of("id", "subject").contains(name) && value.isTextual()
        ? TextNode.valueOf(value.textValue() + "-" + suffix)
        : value;
  }

  private static RestAssuredConfig withTheContentTypeAsItIs() {
    return RestAssuredConfig.config()
        .encoderConfig(
            EncoderConfig.encoderConfig()
                .appendDefaultContentCharsetToContentTypeIfUndefined(false));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
