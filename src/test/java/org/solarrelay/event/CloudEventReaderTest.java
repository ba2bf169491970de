package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReaderTest {

  private static final String LEAD = "{\"email\":\"ada@example.com\",\"id\":4711}";

  @Test
  void binaryModeIsReadFromTheHeaders() {
    Event event =
        binary(
            Map.of(
                "ce_subject",
                "Zoë 7",
                "ce_time",
                "2026-03-10T09:02:11-07:00",
                "ce_receipt",
                "r-1",
                "ce_derivedid",
                "true",
                "content-type",
                "application/json"));
    assertThat(event)
        .usingRecursiveComparison()
        .isEqualTo(
            Event.builder()
                .id("e-1")
                .source("acme-forms")
                .type("lead.submitted")
                .subject("Zoë 7")
                .time(OffsetDateTime.parse("2026-03-10T09:02:11-07:00"))
                .receipt("r-1")
                .derivedId(true)
                .data((ObjectNode) EventJson.parse(bytes(LEAD)))
                .build());
  }

  @Test
  void binaryModeWithoutSubjectTakesTheIdInTheData() {
    assertThat(binary(Map.of()).subject()).isEqualTo("4711");
    assertThat(binary(Map.of("ce_subject", "")).subject()).isEqualTo("4711");
  }

  @Test
  void withoutAnyRecordIdTheSubjectIsTheEventsOwnId() {
    Event event = structured(envelope("").replace(LEAD, "{\"email\":\"ada@example.com\"}"));
    assertThat(event.subject()).isEqualTo("e-1");
  }

  @Test
  void withoutATimeTheRecordsTimeCounts() {
    assertThat(binary(Map.of()).time()).isEqualTo("1970-01-01T00:00:05Z");
    assertThat(structured(envelope("")).time()).isEqualTo("1970-01-01T00:00:05Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON;charset=UTF-8"
      })
  void structuredModeIsKnownByItsContentType(String contentType) {
    Event event = read(Map.of("content-type", contentType), envelope("\"subject\":\"s\",").trim());
    assertThat(event.source()).isEqualTo("acme-forms");
    assertThat(event.subject()).isEqualTo("s");
    assertThat(event.data()).isEqualTo(EventJson.parse(bytes(LEAD)));
  }

  @Test
  void aWholeCloudEventWithoutItsContentTypeIsRecognised() {
    assertThat(read(Map.of(), envelope("")).id()).isEqualTo("e-1");
  }

  @Test
  void unknownExtensionsAreIgnored() {
    assertThat(structured(envelope("\"Trace_Id\":{\"a\":[]},\"myext\":null,")).id())
        .isEqualTo("e-1");
    assertThat(binary(Map.of("ce_Trace_Id", "x", "ce_", "y")).id()).isEqualTo("e-1");
  }

  @Test
  void receiptAndDerivedIdAreReadFromStructuredMode() {
    Event event = structured(envelope("\"receipt\":\"r-1\",\"derivedid\":true,\"time\":null,"));
    assertThat(event.receipt()).isEqualTo("r-1");
    assertThat(event.derivedId()).isTrue();
  }

  @Test
  void numbersInTheDataKeepTheirDigits() {
    String data = "{\"email\":\"a@b\",\"score\":0.10,\"big\":12345678901234567890.5}";
    Event event = structured(envelope("").replace(LEAD, data));
    assertThat(EventJson.bytes(event.data())).asString().isEqualTo(data);
  }

  @Test
  void dataInBase64IsRead() {
    String base64 =
        "\"data_base64\":\"eyJlbWFpbCI6ImFkYUBleGFtcGxlLmNvbSJ9\",\"datacontenttype\":\"application/json\"";
    Event event = structured(envelope("").replace("\"data\":" + LEAD, base64));
    assertThat(event.data().path("email").asText()).isEqualTo("ada@example.com");
  }

  @ParameterizedTest
  @CsvSource({"specversion", "id", "source", "type"})
  void aMissingAttributeIsNamed(String attribute) {
    Map<String, String> headers = new HashMap<>(required());
    headers.remove("ce_" + attribute);
    assertThatThrownBy(() -> read(headers, LEAD))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("CloudEvent attribute " + attribute + " is missing");

    String without = envelope("").replaceFirst("\"" + attribute + "\":\"[^\"]*\",", "");
    assertThatThrownBy(() -> structured(without))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("CloudEvent attribute " + attribute + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 0.3, CloudEvent attribute specversion: 1.0 expected",
    "ce_source, my forms, 'CloudEvent attribute source: a URI reference expected'",
    "ce_time, yesterday, CloudEvent attribute time: a time with offset",
    "ce_time, +999999999-01-01T00:00:00Z, CloudEvent attribute time: a time with offset",
    "ce_type, lead.lost, 'unknown event type ''lead.lost''; known are lead.submitted'"
  })
  void anAttributeThatIsWrongIsNamedInBothModes(String header, String value, String reason) {
    assertThatThrownBy(() -> binary(Map.of(header, value)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(reason);

    ObjectNode envelope = (ObjectNode) EventJson.parse(bytes(envelope("")));
    envelope.put(header.substring(3), value);
    assertThatThrownBy(() -> structured(envelope.toString()))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"subject\":7, | CloudEvent attribute subject: string expected",
        "\"source\":{}, | CloudEvent attribute source: string expected",
        "\"receipt\":[1], | CloudEvent attribute receipt: string expected"
      })
  void anAttributeOfAnotherJsonTypeIsRejected(String attribute, String reason) {
    assertThatThrownBy(
            () -> structured(envelope("").replaceFirst("}$", "") + "," + strip(attribute) + "}"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{Ferris | CloudEvent data: not JSON: line 1, column",
        "[\"Ferris\"] | CloudEvent data: a JSON object expected, array found",
        "`` | CloudEvent without data"
      })
  void binaryDataThatIsNotAJsonObjectIsRejected(String data, String reason) {
    assertThatThrownBy(() -> read(required(), data))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("Ferris");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | CloudEvent without data",
        "\"Ferris\" | CloudEvent data: a JSON object expected, string found",
        "{\"email\":1} | lead.submitted: data: a lead needs at least one of name, company, email, mobile, phone or address"
      })
  void structuredDataThatIsNotAnEventIsRejected(String data, String reason) {
    assertThatThrownBy(() -> structured(envelope("").replace(LEAD, data)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+xml"})
  void otherFormatsOfCloudEventsAreRejectedByName(String contentType) {
    assertThatThrownBy(() -> read(Map.of("content-type", contentType), "[]"))
        .hasMessageContaining(contentType)
        .hasMessageContaining("application/cloudevents+json");
  }

  private static Map<String, String> required() {
    return Map.of(
        "ce_specversion",
        "1.0",
        "ce_id",
        "e-1",
        "ce_source",
        "acme-forms",
        "ce_type",
        "lead.submitted");
  }

  private static Event binary(Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(required());
    headers.putAll(more);
    return read(headers, LEAD);
  }

  private static Event structured(String envelope) {
    return read(Map.of("content-type", "application/cloudevents+json"), envelope);
  }

  private static String envelope(String more) {
    return "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"acme-forms\","
        + "\"type\":\"lead.submitted\","
        + more
        + "\"data\":"
        + LEAD
        + "}";
  }

  private static Event read(Map<String, String> headers, String value) {
    RecordHeaders all = EventReaderTest.headers(headers);
    return EventReader.read("solar.leads", 0, 1, 5_000, "ignored-key", all, bytes(value));
  }

  private static String strip(String attribute) {
    return attribute.replaceFirst(",$", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
