package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;

/** Events are normalised where they are made and where they are read. */
class NormalizedEventTest {

  private static final String LEAD = "{\"fullName\":\"Ada Brook\",\"email\":\"ada@\"}";
  private static final String NOTE = "e-mail `ada@` is no address, left out";

  @Test
  void anEventIsNormalisedWhenItIsRead() {
    Event event = read("4711", LEAD, new RecordHeaders());

    assertThat(event.data().has("email")).isFalse();
    assertThat(event.notes()).containsExactly(NOTE);
  }

  @Test
  void notesOfAWebhooksEventAreReadFromTheTopic() {
    Lead lead = EventData.read(EventJson.parseObject(bytes(LEAD)), Lead.class);
    Event made =
        new WebhookEventBuilder(Webhooks.body("leads", LEAD), "web", EventType.LEAD_SUBMITTED)
            .contentKey(ContentKey.of("said", "web", "4711"))
            .subject("4711")
            .build(lead);

    ProducerRecord<String, byte[]> record = EventWriter.toRecord(made);
    Event read =
        EventReader.read(record.topic(), 0, 1, 0, record.key(), record.headers(), record.value());

    assertThat(made.notes()).containsExactly(NOTE);
    assertThat(new String(record.value(), StandardCharsets.UTF_8)).doesNotContain("ada@");
    assertThat(read).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "[1,{}]", "[\"\u0000", ""})
  void notesOfAnotherFormAreIgnored(String notes) {
    Headers headers = headers("ce_", notes);

    assertThat(read("1", "{\"email\":\"a@example.com\"}", headers).notes()).isEmpty();
  }

  @Test
  void aProducersOwnExtensionWithThatNameIsIgnored() {
    String event =
        """
        {"specversion":"1.0","id":"1","source":"crm","type":"lead.changed","notes":7,
         "data":{"email":"a@example.com"}}""";

    assertThat(read("1", event, new RecordHeaders()).notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4712       | 4712",
        "' 4712 '   | 4712",
        "4712.0     | 4712",
        "4.712E3    | 4712",
        "4712\u00a0 | 4712",
        "C-4712.0   | C-4712.0",
        "1.5        | 1.5",
        "12E4       | 12E4",
        "v1.0.0     | v1.0.0"
      })
  void aSubjectHasOneSpelling(String key, String subject) {
    assertThat(read(key, LEAD, new RecordHeaders()).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "undefined", "None", "NaN", " NULL ", "[object Object]", "true"})
  void aPlaceholderIsNoId(String word) {
    String data = "{\"id\":\"%s\",\"fullName\":\"Ada Brook\"}".formatted(word);

    assertThat(read(word, data, new RecordHeaders()).subject()).isEqualTo("solar.leads-2-42");
  }

  @ParameterizedTest
  @CsvSource({
    "4712.0, 4712",
    "4.712E3, 4712",
    "47120e-1, 4712",
    "4712, 4712",
    "4712.5, solar.leads-2-42"
  })
  void aNumberInTheDataHasOneSpelling(String id, String subject) {
    String data = "{\"id\":%s,\"fullName\":\"Ada Brook\"}".formatted(id);

    assertThat(read(null, data, new RecordHeaders()).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({"fffefdfc, fcfdfeff", "4ae9, 4ae8", "00000000000012f7, 00000000000012f8", "c3, c328"})
  void keysThatAreNotUtf8AreDifferentSubjects(String one, String other) {
    Event first = read(HexFormat.of().parseHex(one));
    Event second = read(HexFormat.of().parseHex(other));

    assertThat(first.subject()).isEqualTo("bytes:" + one);
    assertThat(second.subject()).isEqualTo("bytes:" + other);
    assertThat(first.notes())
        .containsExactly("the record's key is no UTF-8, the subject is its bytes: bytes:" + one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_", "ce-", "CE_", "Ce-", "cloudEvents_", "cloudEvents:"})
  void theHeadersOfACloudEventAreReadInAnySpelling(String prefix) {
    Event event = read("key", "{\"email\":\"a@example.com\"}", headers(prefix, "[]"));

    assertThat(event.type()).isEqualTo("lead.changed");
    assertThat(event.source()).isEqualTo("portal");
    assertThat(event.id()).isEqualTo("e-1");
  }

  @Test
  void kafkasPrefixWins() {
    Headers headers = headers("ce-", "[]");
    headers.add("ce_id", bytes("e-2"));

    assertThat(read("key", LEAD, headers).id()).isEqualTo("e-2");
  }

  private static Headers headers(String prefix, String notes) {
    RecordHeaders headers = new RecordHeaders();
    Map.of(
            "specversion",
            "1.0",
            "id",
            "e-1",
            "source",
            "portal",
            "type",
            "lead.changed",
            "notes",
            notes)
        .forEach((name, value) -> headers.add(prefix + name, bytes(value)));
    return headers;
  }

  private static Event read(String key, String value, Headers headers) {
    return EventReader.read("solar.leads", 2, 42, 0, key, headers, bytes(value));
  }

  private static Event read(byte[] key) {
    return EventReader.read(
        new ConsumerRecord<>(
            "solar.leads",
            2,
            42,
            0,
            TimestampType.CREATE_TIME,
            key.length,
            1,
            key,
            bytes("{\"email\":\"a@example.com\"}"),
            new RecordHeaders(),
            Optional.empty()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
