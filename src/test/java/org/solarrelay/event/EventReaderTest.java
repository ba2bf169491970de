package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bare JSON, and what holds for every mode. */
class EventReaderTest {

  private static final long TIMESTAMP = Instant.parse("2026-03-10T16:02:11Z").toEpochMilli();
  private static final String LEAD = "{\"email\":\"ada@example.com\"}";

  @Test
  void bareJsonOnTheLeadTopicIsALeadFromTheCrm() {
    Event event = read("solar.leads", "4711", "{\"email\":\"ada@example.com\",\"utm\":{\"x\":1}}");
    assertThat(event.id()).isEqualTo("solar.leads-2-42");
    assertThat(event.source()).isEqualTo("crm");
    assertThat(event.type()).isEqualTo("lead.submitted");
    assertThat(event.subject()).isEqualTo("4711");
    assertThat(event.time()).isEqualTo("2026-03-10T16:02:11Z");
    assertThat(event.receipt()).isNull();
    assertThat(event.derivedId()).isFalse();
    assertThat(event.data().at("/utm/x").asInt()).isEqualTo(1);
  }

  @Test
  void bareJsonOnTheEnrollmentTopicIsAnEnrollmentChange() {
    Event event = read("solar.enrollments", "e-1", "{\"status\":\"ACTIVE\"}");
    assertThat(event.type()).isEqualTo("enrollment.changed");
  }

  @Test
  void bareJsonOnTheLeadTopicIsALeadWithAnyTypeField() {
    String data = "{\"email\":\"ada@example.com\",\"type\":\"solar\"}";
    assertThat(read("solar.leads", "1", data).type()).isEqualTo("lead.submitted");
  }

  @Test
  void bareJsonOnTheProjectTopicNamesItsTypeInTheData() {
    Event event =
        read("solar.projects", "901", "{\"type\":\"project.note-added\",\"note\":\"Called\"}");
    assertThat(event.type()).isEqualTo("project.note-added");
    assertThat(event.data().path("type").asText()).isEqualTo("project.note-added");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "4711, `{\"id\":\"1\",\"email\":\"a@b\"}`, 4711",
        ", `{\"id\":\"1\",\"email\":\"a@b\"}`, 1",
        "` `, `{\"id\":9007199254740993,\"email\":\"a@b\"}`, 9007199254740993",
        ", `{\"id\":\" \",\"email\":\"a@b\"}`, solar.leads-2-42",
        ", `{\"id\":1.5,\"email\":\"a@b\"}`, solar.leads-2-42",
        ", `{\"email\":\"a@b\"}`, solar.leads-2-42"
      })
  void theSubjectIsTheKeyElseTheIdInTheDataElseThePosition(
      String key, String data, String subject) {
    assertThat(read("solar.leads", key, data).subject()).isEqualTo(subject);
  }

  @Test
  void aRecordWithoutTimestampGetsTheCurrentTime() {
    Event event = EventReader.read("solar.leads", 0, 1, -1, null, new RecordHeaders(), bytes(LEAD));
    assertThat(event.time().toInstant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void headersThatAreNotCloudEventsDoNotMatter() {
    var headers = headers(Map.of("content-type", "application/json", "traceparent", "00-1-2-01"));
    Event event = EventReader.read("solar.leads", 2, 42, TIMESTAMP, null, headers, bytes(LEAD));
    assertThat(event.source()).isEqualTo("crm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "solar.leads | `` | not JSON: it is empty",
        "solar.leads | {Ferris | not JSON: line 1, column",
        "solar.leads | [{}] | a JSON object expected, array found",
        "solar.leads | \"Ferris\" | a JSON object expected, string found",
        "solar.leads | null | a JSON object expected, null found",
        "solar.leads | {} | a lead needs at least one of name",
        "solar.leads | {\"email\":7} | a lead needs at least one of name",
        "solar.projects | {\"status\":\"x\"} | bare JSON on solar.projects names its event type in \"type\"; known are lead.submitted,",
        "solar.projects | {\"type\":7} | names its event type in \"type\"",
        "solar.projects | {\"type\":\"project.paid\"} | unknown event type 'project.paid'; known are lead.submitted,",
        "solar.projects | {\"type\":\"Ferris Bueller\"} | unknown event type (not a name); known are",
        "solar.projects | {\"type\":\"lead.submitted\"} | lead.submitted belongs on topic solar.leads, not on solar.projects",
        "solar.outcomes | {\"email\":\"a@b\"} | topic solar.outcomes carries no events"
      })
  void anInvalidRecordIsRejectedWithAReason(String topic, String value, String reason) {
    assertThatThrownBy(() -> read(topic, "1", value))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("Ferris");
  }

  @Test
  void aNullRecordIsRejected() {
    assertThatThrownBy(
            () -> EventReader.read("solar.leads", 0, 1, 0, "k", new RecordHeaders(), null))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("null record");
  }

  @ParameterizedTest
  @CsvSource({"'a\u0000b', control character", "'a\ud800b', control character"})
  void aSubjectThatCannotBeStoredIsRejected(String key, String reason) {
    assertThatThrownBy(() -> read("solar.leads", key, LEAD))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("subject: holds a " + reason);
  }

  @Test
  void aSubjectThatIsTooLongIsRejected() {
    assertThatThrownBy(() -> read("solar.leads", "x".repeat(513), LEAD))
        .hasMessage("subject: longer than 512 characters");
  }

  @ParameterizedTest
  @EnumSource
  void aTypeOnAnotherTopicIsRejected(EventType type) {
    String other = type.topic().equals("solar.leads") ? "solar.projects" : "solar.leads";
    var headers =
        headers(
            Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "x", "ce_type", type.id()));
    assertThatThrownBy(
            () -> EventReader.read(other, 0, 1, 0, null, headers, bytes("{\"status\":\"x\"}")))
        .hasMessage("%s belongs on topic %s, not on %s".formatted(type.id(), type.topic(), other));
  }

  private static Event read(String topic, String key, String value) {
    return EventReader.read(topic, 2, 42, TIMESTAMP, key, new RecordHeaders(), bytes(value));
  }

  static RecordHeaders headers(Map<String, String> values) {
    RecordHeaders headers = new RecordHeaders();
    values.forEach((name, value) -> headers.add(name, bytes(value)));
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
