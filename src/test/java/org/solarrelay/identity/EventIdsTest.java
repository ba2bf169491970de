package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;

class EventIdsTest {

  @ParameterizedTest
  @CsvSource({
    "crm, lead.submitted, 4711, crm.lead",
    "web, appointment.requested, r1, web.lead",
    "enerflo, lead.changed, 55555, enerflo.customer",
    "enerflo, lead.changed, 00000000-0000-4000-9000-000000000901, enerflo.customer.uuid",
    "solarproof, lead.status-changed, 12345, solarproof.customer",
    "enerflo, project.submitted, 00000000-0000-4000-9000-000000000901, enerflo.deal",
    "enerflo, project.note-added, 901, enerflo.install",
    "crm, change-order.signed, P-1, crm.project",
    "flip, enrollment.changed, 00000000-0000-4000-8000-000000000901, flip.enrollment",
    "crm, enrollment.changed, 00000000-0000-4000-8000-000000000901, flip.enrollment",
    "crm, enrollment.changed, E-1, crm.enrollment"
  })
  void theSubjectIsNamedBySourceAndEventType(
      String source, String type, String subject, String name) {
    assertThat(EventIds.of(event(source, type, subject, "{}")))
        .containsExactly(entry(name, subject));
  }

  @Test
  void anIdWithASystemOnlyGetsTheKindOfItsEventType() {
    String ids =
        "{\"ids\":{\"enerflo\":\"901\",\"flip.enrollment\":\"00000000-0000-4000-8000-000000000901\",\"flip\":\"other\",\"x\":\""
            + " \"}}";

    assertThat(EventIds.of(event("crm", "project.status-changed", "P-1", ids)))
        .containsExactly(
            entry("crm.project", "P-1"),
            entry("enerflo.install", "901"),
            entry("flip.enrollment", "00000000-0000-4000-8000-000000000901"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "NaN",
        "-1",
        "0",
        "007",
        "1e3",
        "../x",
        "901/notes",
        "９０１",
        "١٢",
        "1234567890123456789012345678901234567890",
        "901?x=1",
        "5d0c2f6e-0000-4000-8000-000000000901x"
      })
  void anIdOfAnotherFormatIsLeftOut(String id) {
    String ids =
        "{\"ids\":{\"enerflo.install\":\"%1$s\",\"enerflo.deal\":\"%1$s\",\"enerflo.customer\":\"%1$s\",\"solarproof.customer\":\"%1$s\",\"flip.enrollment\":\"%1$s\"}}"
            .formatted(id);

    assertThat(EventIds.of(event("crm", "project.status-changed", "P-1", ids)))
        .containsExactly(entry("crm.project", "P-1"));
  }

  @Test
  void longIdsAndMoreThanFiftyAreLeftOut() {
    String many =
        IntStream.range(0, 1000)
            .mapToObj(n -> "\"s%d.lead\":\"%d\"".formatted(n, n))
            .collect(Collectors.joining(",", "{\"ids\":{", "}}"));
    String data = "{\"ids\":{\"a.b\":\"%s\"}}".formatted("x".repeat(201));

    assertThat(EventIds.of(event("crm", "lead.changed", "1", data))).hasSize(1);
    assertThat(EventIds.of(event("crm", "lead.changed", "1", many))).hasSize(50);
  }

  @Test
  void knownIdsAreAddedAndTheEventsOwnWin() {
    Event event = event("crm", "lead.changed", "1", "{\"ids\":{\"a.lead\":\"own\"}}");

    Event complete = EventIds.addKnownIds(event, Map.of("a.lead", "known", "b.lead", "2"));

    assertThat(complete.data().path("ids").toString())
        .contains("\"a.lead\":\"own\"", "\"b.lead\":\"2\"", "\"crm.lead\":\"1\"");
    assertThat(event.data().path("ids").has("b.lead")).as("the original is left alone").isFalse();
  }

  private static Event event(String source, String type, String subject, String data) {
    return Event.builder()
        .id("e")
        .source(source)
        .type(type)
        .subject(subject)
        .time(OffsetDateTime.now())
        .data(EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
