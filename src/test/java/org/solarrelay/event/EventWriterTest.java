package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {

  private static final String DATA = "{\"fullName\":\"Zoë Example\",\"score\":0.10,\"big\":1E+30}";

  @Test
  void binaryModeNamesTopicKeyAndEveryAttribute() {
    ProducerRecord<String, byte[]> record = EventWriter.toRecord(event("crm", "r-1", true));
    Map<String, String> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));

    assertThat(record.topic()).isEqualTo("solar.leads");
    assertThat(record.key()).isEqualTo("crm:4711");
    assertThat(text(record.value())).isEqualTo(DATA);
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e-1",
                "ce_source", "crm",
                "ce_type", "lead.submitted",
                "ce_subject", "4711",
                "ce_time", "2026-03-10T09:02:11-07:00",
                "ce_receipt", "r-1",
                "ce_derivedid", "true",
                "content-type", "application/json"));
  }

  @Test
  void aMissingAttributeHasNoHeader() {
    var headers = EventWriter.toRecord(event("crm", null, false)).headers();
    assertThat(headers.lastHeader("ce_receipt")).isNull();
    assertThat(headers.lastHeader("ce_derivedid")).isNull();
  }

  @Test
  void structuredModeIsOneJsonObjectWithTheDataInIt() {
    JsonNode json = EventJson.parse(EventWriter.toEnvelope(event("web", "r-1", true)));
    assertThat(json.path("specversion").textValue()).isEqualTo("1.0");
    assertThat(json.path("source").textValue()).isEqualTo("web");
    assertThat(json.path("subject").textValue()).isEqualTo("4711");
    assertThat(json.path("datacontenttype").textValue()).isEqualTo("application/json");
    assertThat(json.path("data").toString()).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crm", "solarproof", "https://forms.example.com/solar?x=1"})
  void binaryModeIsReadBackUnchanged(String source) {
    Event event = event(source, "r-1", true);
    ProducerRecord<String, byte[]> record = EventWriter.toRecord(event);
    Event read =
        EventReader.read(record.topic(), 0, 1, 0, record.key(), record.headers(), record.value());
    assertThat(read).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crm", "solarproof", "https://forms.example.com/solar?x=1"})
  void structuredModeIsReadBackUnchanged(String source) {
    Event event = event(source, null, false);
    JsonNode envelope = EventJson.parse(EventWriter.toEnvelope(event));
    assertThat(EventReader.read(envelope, OffsetDateTime.now())).isEqualTo(event);
  }

  @Test
  void dataOfTheMaximumDepthIsWrittenInBothModes() {
    String deep = "{\"email\":\"a@b\",\"x\":" + "[".repeat(199) + "]".repeat(199) + "}";
    Event event = event("crm", null, false, deep);
    assertThat(text(EventWriter.toRecord(event).value())).isEqualTo(deep);
    assertThat(text(EventWriter.toEnvelope(event))).contains(deep);
  }

  @Test
  void aSourceThatIsNotAUriReferenceIsRejected() {
    Event event = event("my forms", null, false);
    assertThatThrownBy(() -> EventWriter.toEnvelope(event))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("source")
        .hasMessageNotContaining("my forms");
  }

  private static Event event(String source, String receipt, boolean derivedId) {
    return event(source, receipt, derivedId, DATA);
  }

  private static Event event(String source, String receipt, boolean derivedId, String data) {
    ObjectNode json = EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8));
    OffsetDateTime time = OffsetDateTime.parse("2026-03-10T09:02:11-07:00");
    return Event.builder()
        .id("e-1")
        .source(source)
        .type("lead.submitted")
        .subject("4711")
        .time(time)
        .receipt(receipt)
        .derivedId(derivedId)
        .data(json)
        .build();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
