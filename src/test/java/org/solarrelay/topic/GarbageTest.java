package org.solarrelay.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.HistoryClient.awaitDelivery;
import static org.solarrelay.HistoryClient.awaitHistory;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.LogCapture;
import org.solarrelay.RawTopicRecords;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.DiscardedMessage;
import org.solarrelay.delivery.queue.MessageState;

/** Whatever lies on a topic is a delivery or a dead letter that says why; nothing is stuck. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class GarbageTest {

  private static final String PERSON = "garbage-person@example.com";
  private static final byte[] KEY_THAT_IS_NO_TEXT = {(byte) 0xff, (byte) 0xfe, 0};

  @Inject DeliveryQueue queue;
  @Inject DataSource database;

  private final LogCapture watch = LogCapture.open();

  @BeforeEach
  void vendorsTakeEverything() {
    VendorStubs.reset();
  }

  @AfterEach
  void nothingOfTheDataIsInTheLog() {
    watch.close();
    assertThat(watch.lines()).noneMatch(line -> line.contains(PERSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"solar.leads", "solar.projects", "solar.enrollments"})
  void aMessageThatIsNoEventIsADeadLetterAndTheNextOneIsDelivered(String topic) {
    Map<ProducerRecord<byte[], byte[]>, String> garbage = new LinkedHashMap<>();
    Garbage.values().forEach((value, reason) -> garbage.put(record(topic, value), reason));
    garbage.put(record(topic, null), "null record");
    Garbage.cloudEvents(topic)
        .forEach(
            (headers, reason) -> {
              var record = record(topic, "{\"email\":\"" + PERSON + "\"}");
              headers.forEach((name, text) -> record.headers().add(name, Garbage.bytes(text)));
              garbage.put(record, reason);
            });
    Map<String, ProducerRecord<byte[], byte[]>> places =
        RawTopicRecords.send(List.copyOf(garbage.keySet()));
    String good = UUID.randomUUID().toString();
    RawTopicRecords.sendOne(good(topic, good));

    assertThat(awaitDelivery(good, "crm").path("state").asText()).isEqualTo("delivered");
    places.forEach(
        (place, record) -> {
          JsonNode story = awaitHistory(place);
          assertThat(story.path("state").asText()).as(garbage.get(record)).isEqualTo("dead");
          assertThat(story.path("reason").asText())
              .contains(garbage.get(record))
              .doesNotContain(PERSON, "garbage-person");
        });
    assertDeadLetters(places, "fan-out");
  }

  @Test
  void aWebhookThatIsNoneIsADeadLetterAndTheNextOneIsDelivered() {
    Map<ProducerRecord<byte[], byte[]>, String> garbage = new LinkedHashMap<>();
    Garbage.values()
        .forEach((value, reason) -> garbage.put(webhook("leads", value), asWebhook(value, reason)));
    garbage.put(webhook("leads", null), "null");
    garbage.put(record("solar.inbox", "{\"email\":\"" + PERSON + "\"}"), "relay_source");
    garbage.put(webhook("unknown", "{\"email\":\"" + PERSON + "\"}"), "[enerflo, flip, leads");
    garbage.put(webhook("leads?block=true", "{}"), "[enerflo, flip, leads");
    garbage.put(webhook("\u0000", "{}"), "[enerflo, flip, leads");
    garbage.put(webhook("flip", "{\"event_type\":\"no.such\"}"), "unknown Flip event 'no.such'");
    garbage.put(webhook("enerflo", "{\"webhook_event\":\"new_customer\"}"), "no customer");
    String endless = "9".repeat(600_000);
    garbage.put(
        webhook("solarproof", "[{\"pkcustomerid\":\"" + endless + "\"}]", "customer_created"),
        "customer 999");
    var nulls = record("solar.inbox", "{\"email\":\"" + PERSON + "\"}");
    for (String name : List.of("relay_source", "relay_receipt", "http_x", "other")) {
      nulls.headers().add(name, null);
    }
    garbage.put(nulls, "[enerflo, flip, leads");
    var receipt = webhook("leads", "not JSON " + PERSON);
    receipt.headers().remove("relay_receipt");
    receipt.headers().add("relay_receipt", ("\u0000" + "r".repeat(9000)).getBytes());
    garbage.put(receipt, "not JSON");
    Map<String, ProducerRecord<byte[], byte[]>> places =
        RawTopicRecords.send(List.copyOf(garbage.keySet()));
    var good = webhook("leads", "{\"email\":\"good@example.com\"}");
    RawTopicRecords.sendOne(good);

    String goodReceipt = RawTopicRecords.header(good.headers(), "relay_receipt");
    assertThat(awaitDelivery(goodReceipt, "crm").path("state").asText()).isEqualTo("delivered");
    places.forEach(
        (place, record) -> {
          String given = RawTopicRecords.header(record.headers(), "relay_receipt");
          boolean hasReceipt = given != null && given.length() == 36;
          JsonNode story = awaitHistory(hasReceipt ? given : place);
          assertThat(story.path("state").asText()).as(garbage.get(record)).isEqualTo("dead");
          assertThat(story.path("reason").asText())
              .contains(garbage.get(record))
              .doesNotContain("garbage-person")
              .hasSizeLessThan(1100);
        });
    assertDeadLetters(places, "translate");
  }

  @Test
  void whatIsLargerThanADeadLetterMayBeLeavesOneWithoutItsValue() {
    String spaces = PERSON + " ".repeat(5_000_000);
    String place = RawTopicRecords.sendCompressed(record("solar.leads", spaces));
    String good = UUID.randomUUID().toString();
    RawTopicRecords.sendOne(good("solar.leads", good));

    assertThat(awaitDelivery(good, "crm").path("state").asText()).isEqualTo("delivered");
    assertThat(awaitHistory(place).path("reason").asText()).startsWith("not JSON");
    await()
        .untilAsserted(
            () ->
                assertThat(RawTopicRecords.all("solar.dead-letters"))
                    .filteredOn(
                        letter ->
                            RawTopicRecords.header(letter.headers(), "relay_left_out") != null)
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).isNull()));
  }

  @Test
  void knownWebhooksThatAreNotUsedAreSkippedWithTheReason() {
    var telemetry = webhook("flip", "{\"event_type\":\"telemetry.published\"}");
    var empty = webhook("enerflo", "{\"webhook_event\":\"new_customer\",\"id\":7}");
    var unused = webhook("solarproof", "[{}]", "contract_signed");
    RawTopicRecords.send(List.of(telemetry, empty, unused));

    Map.of(
            telemetry, "telemetry.published is not used",
            empty, "an empty duplicate",
            unused, "contract_signed is not used")
        .forEach(
            (record, reason) -> {
              JsonNode story =
                  awaitHistory(RawTopicRecords.header(record.headers(), "relay_receipt"));
              assertThat(story.path("state").asText()).isEqualTo("skipped");
              assertThat(story.path("reason").asText()).contains(reason);
            });
  }

  @Test
  void anErrorOfTheDatabaseQuotesNoRow() throws SQLException {
    String insert =
        "insert into set_aside (id, stage, state, reason, at) values (?, ?, ?, ?, now())";
    try (Connection connection = database.getConnection();
        PreparedStatement row = connection.prepareStatement(insert)) {
      row.setString(1, PERSON);
      row.setString(2, "translate");
      row.setString(3, "no state: " + PERSON);
      row.setString(4, PERSON);
      row.addBatch();

      assertThatThrownBy(row::executeBatch)
          .isInstanceOf(SQLException.class)
          .message()
          .doesNotContain(PERSON);
    }
  }

  @Test
  void aStoryThatTheLedgerCannotStoreIsKeptWithoutItsText() throws SQLException {
    DiscardedMessage unstorable =
        new DiscardedMessage(
            "unstorable",
            "translate",
            PERSON,
            MessageState.DEAD,
            "\u0000" + PERSON,
            Instant.now(),
            Optional.empty());

    queue.addDiscarded(List.of(unstorable));

    assertThat(awaitHistory("unstorable").path("reason").asText())
        .contains("cannot store it")
        .doesNotContain(PERSON);
  }

  /** A webhook's fields stand below the event's data, and a body that is null is no data. */
  private static String asWebhook(String value, String reason) {
    return value.equals("null") ? "CloudEvent without data" : reason.split(":")[0].strip();
  }

  private static void assertDeadLetters(
      Map<String, ProducerRecord<byte[], byte[]>> places, String stage) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters =
        await()
            .until(
                () -> RawTopicRecords.byMark("solar.dead-letters"),
                found ->
                    places.values().stream()
                        .allMatch(r -> found.containsKey(RawTopicRecords.mark(r))));
    places
        .values()
        .forEach(
            record ->
                assertThat(letters.get(RawTopicRecords.mark(record)))
                    .singleElement()
                    .satisfies(
                        letter -> {
                          assertThat(letter.value()).isEqualTo(record.value());
                          assertThat(letter.key()).isEqualTo(record.key());
                          assertThat(RawTopicRecords.header(letter.headers(), "relay_stage"))
                              .isEqualTo(stage);
                          assertThat(RawTopicRecords.header(letter.headers(), "relay_reason"))
                              .isNotBlank();
                        }));
  }

  private static ProducerRecord<byte[], byte[]> good(String topic, String id) {
    String data =
        switch (topic) {
          case "solar.projects" -> "{\"note\":\"Hello\"}";
          case "solar.enrollments" ->
              "{\"status\":\"ACTIVE\",\"ids\":{\"flip.enrollment\":\"e1\"}}";
          default -> "{\"email\":\"good@example.com\"}";
        };
    String type =
        switch (topic) {
          case "solar.projects" -> "project.note-added";
          case "solar.enrollments" -> "enrollment.changed";
          default -> "lead.submitted";
        };
    var record = record(topic, data);
    Map.of("specversion", "1.0", "id", id, "source", "web", "type", type, "subject", "s-" + id)
        .forEach((name, text) -> record.headers().add("ce_" + name, Garbage.bytes(text)));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    byte[] bytes = value == null ? null : Garbage.bytes(value);
    // all on one partition: what is stuck would hold up what comes behind
    return RawTopicRecords.marked(new ProducerRecord<>(topic, 0, KEY_THAT_IS_NO_TEXT, bytes));
  }

  private static ProducerRecord<byte[], byte[]> webhook(String source, String value) {
    return webhook(source, value, null);
  }

  private static ProducerRecord<byte[], byte[]> webhook(String source, String value, String event) {
    var record = record("solar.inbox", value);
    record.headers().add("relay_source", source.getBytes(StandardCharsets.UTF_8));
    record.headers().add("relay_receipt", UUID.randomUUID().toString().getBytes());
    if (event != null) {
      record.headers().add("relay_event", event.getBytes());
    }
    return record;
  }
}
