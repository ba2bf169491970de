package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StateScopeTest {

  @ParameterizedTest
  @CsvSource({
    "lead.submitted,lead.submitted",
    "lead.submitted,lead.changed",
    "lead.changed,lead.submitted",
    "lead.status-changed,lead.status-changed",
    "lead.qualified,lead.qualified",
    "project.submitted,project.submitted",
    "project.status-changed,project.status-changed",
    "enrollment.changed,enrollment.changed"
  })
  void aLaterEventSupersedesAnEarlierThatSetsTheSamePart(String earlier, String later) {
    assertThat(StateScope.of(event(earlier, "{}"))).containsAnyElementsOf(partsOf(later, "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "lead.submitted,lead.status-changed",
    "lead.submitted,lead.qualified",
    "lead.qualified,lead.changed",
    "project.submitted,project.status-changed",
    "project.milestone-changed,project.status-changed",
  })
  void anEventThatSetsAnotherPartSupersedesNothing(String earlier, String later) {
    assertThat(StateScope.of(event(earlier, "{}")))
        .doesNotContainAnyElementsOf(partsOf(later, "{}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECT_NOTE_ADDED", "APPOINTMENT_REQUESTED", "CHANGE_ORDER_SIGNED"})
  void anEventThatAddsToTheRecordIsNeverSuperseded(EventType type) {
    assertThat(StateScope.of(event(type.id(), "{\"status\":\"new\"}"))).isEmpty();
  }

  @Test
  void aLeadWithAStatusSetsTheStatusToo() {
    assertThat(partsOf("lead.changed", "{\"status\":\"signed\"}"))
        .containsAnyElementsOf(partsOf("lead.status-changed", "{\"status\":\"new\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'id':'7','name':'Install'}; {'id':'7'}; true",
        "{'id':'7','name':'Install'}; {'name':'install '}; true",
        "{'id':'7'}; {'id':'8'}; false",
        "{'name':'Install'}; {'name':'Permission to Operate'}; false"
      })
  void aMilestoneIsSupersededByTheSameMilestoneOnly(String one, String other, boolean same) {
    var shared = new ArrayList<>(milestone(one));
    shared.retainAll(milestone(other));

    assertThat(!shared.isEmpty()).isEqualTo(same);
  }

  private static List<String> milestone(String json) {
    return partsOf(
        "project.milestone-changed", "{\"milestone\":%s}".formatted(json.replace('\'', '"')));
  }

  private static List<String> partsOf(String type, String data) {
    return StateScope.of(event(type, data));
  }

  private static Event event(String type, String data) {
    return Event.builder()
        .id("1")
        .source("crm")
        .type(type)
        .subject("A")
        .time(OffsetDateTime.parse("2026-01-31T08:00:00Z"))
        .data(EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
