package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.RouteEventReader;
import org.solarrelay.identity.EventIds;
import org.solarrelay.identity.ExternalId;

/** Events that a step of fan-out derives from an event, from JSON. */
class DerivedEventsTest {

  private static final String NOTE = "{\"type\":\"project.note-added\",\"data\":{\"note\":\"n\"}}";

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private final List<String> leftOut = new ArrayList<>();

  @Test
  void aDerivedEventHasTheSourceRelayAndTheRecordOfItsCause() {
    Event parent = signed("co-1");

    Event child = derive(parent, NOTE).preview().get(0);

    assertThat(child.source()).isEqualTo("relay");
    assertThat(child.subject()).isEqualTo("enerflo:901");
    assertThat(child.record()).isEqualTo(parent.record());
    assertThat(child.time()).isEqualTo(parent.time());
    assertThat(child.receipt()).isEqualTo("receipt-1");
    assertThat(child.causation().id()).isEqualTo("co-1");
    assertThat(child.causation().source()).isEqualTo("enerflo");
    assertThat(child.generation()).isEqualTo(1);
  }

  @Test
  void aDerivedEventHasTheIdsOfItsCauseAndNoneOfTheRelay() {
    Event child = derive(signed("co-1"), NOTE).preview().get(0);

    assertThat(EventIds.of(child)).containsOnly(java.util.Map.entry("enerflo.install", "901"));
  }

  @Test
  void anotherSubjectIsARecordOfTheRelay() {
    String other = NOTE.replace("\"data\"", "\"subject\":\"S-1\",\"data\"");

    Event child = derive(signed("co-1"), other).preview().get(0);

    assertThat(child.record()).isEqualTo("relay:S-1");
    assertThat(EventIds.of(child)).containsEntry("relay.project", "S-1");
  }

  @Test
  void derivedIdsDependOnTheEventAlone() {
    List<String> ids = ids(derive(signed("co-1"), NOTE, NOTE));

    assertThat(ids).doesNotHaveDuplicates().hasSize(2);
    assertThat(ids(derive(signed("co-1"), NOTE, NOTE))).isEqualTo(ids);
    assertThat(ids(derive(signed("co-2"), NOTE))).doesNotContainAnyElementsOf(ids);
  }

  @Test
  void anIdInTheJsonIsANameAmongTheEventsOfOneCause() {
    String named = NOTE.replace("{\"type\"", "{\"id\":\"note\",\"type\"");

    assertThat(ids(derive(signed("co-1"), named)))
        .isEqualTo(ids(derive(signed("co-1"), named.replace("\"n\"", "\"other\""))))
        .doesNotContainAnyElementsOf(ids(derive(signed("co-2"), named)));
  }

  @Test
  void theEventItselfAndAnEventOfAnotherSourceAreRefused() {
    Event parent = signed("co-1");
    DerivedEvents derived = new DerivedEvents(parent, leftOut::add);

    assertThatThrownBy(() -> derived.accepts(parent))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("send a derived event by variableSend");
    assertThatThrownBy(
            () -> derive(parent, NOTE.replace("{\"type\"", "{\"source\":\"crm\",\"type\"")))
        .hasMessage("a derived event has the source relay; leave out source");
  }

  @Test
  void thereAreThreeGenerations() {
    Event first = derive(signed("co-1"), NOTE).preview().get(0);
    Event second = derive(first, NOTE).preview().get(0);
    Event third = derive(second, NOTE).preview().get(0);

    assertThat(third.generation()).isEqualTo(3);
    assertThat(third.record()).isEqualTo("enerflo:901");
    assertThat(leftOut).isEmpty();
    assertThat(derive(third, NOTE).preview()).isEmpty();
    assertThat(leftOut)
        .containsExactly(
            "fan-out left out a derived event: it would be generation 4, and 3 is the last generation");
  }

  @Test
  void derivedEventsAreSentOnceTheEventIsStoredAndAgainWhenItIsReadAgain() throws SQLException {
    RoutedEvent routed = routed(signed("co-1"), NOTE);
    assertThat(routed.derived().toSend()).isEmpty();

    fixture.queue.add(List.of(routed));
    RoutedEvent again = routed(signed("co-1"), NOTE);
    fixture.queue.add(List.of(again));

    assertThat(routed.derived().toSend()).isEqualTo(routed.derived().preview()).hasSize(1);
    assertThat(again.derived().toSend()).isEqualTo(routed.derived().toSend());
  }

  @Test
  void aDuplicateWebhookDerivesNothing() throws SQLException {
    RoutedEvent first = routed(byContent("r-1"), NOTE);
    RoutedEvent duplicate = routed(byContent("r-2"), NOTE);
    fixture.queue.add(List.of(first, duplicate));

    assertThat(first.derived().toSend()).hasSize(1);
    assertThat(duplicate.derived().toSend()).isEmpty();
  }

  /** Otherwise a note derived from each note would return without end. */
  @Test
  void anEchoDerivesNothing() throws SQLException {
    Event written = event("crm", "lead.submitted", "4711", "{\"email\":\"ada@example.com\"}");
    fixture.add(written, "enerflo");
    ExternalId learnt = new ExternalId("enerflo.customer", "55555", "Enerflo's response");
    fixture.end(
        fixture.take("enerflo").get(0),
        AttemptResult.delivered("55555").with(List.of(learnt), null));

    RoutedEvent echo =
        routed(event("enerflo", "lead.changed", "55555", "{\"email\":\"ada@example.com\"}"), NOTE);
    fixture.queue.add(List.of(echo));

    assertThat(echo.derived().toSend()).isEmpty();
  }

  /** The vendor sends the derived event back under the id of its cause's record. */
  @Test
  void aDerivedEventThatReturnsIsAnEcho() throws SQLException {
    Event signed = signed("co-1");
    Event note = derive(signed, NOTE).preview().get(0);
    fixture.add(signed, "crm");
    fixture.add(note, "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("n-1"));

    RoutedEvent back =
        routed(event("enerflo", "project.note-added", "901", "{\"note\":\"n\"}"), NOTE);
    fixture.queue.add(List.of(back));

    assertThat(back.derived().toSend()).isEmpty();
  }

  @Test
  void theHistoryOfEachShowsCauseAndDerivedEventsAndNoOthers() throws SQLException {
    Event parent = signed("co-1");
    Event child = derive(parent, NOTE).preview().get(0);
    Event grandchild = derive(child, NOTE).preview().get(0);
    fixture.add(parent, "crm");
    fixture.add(signed("co-2"), "crm");
    fixture.add(child, "enerflo", "crm");
    fixture.add(grandchild, "crm");

    for (String id : List.of("co-1", child.id(), grandchild.id())) {
      DeliveryQueries.MessageHistory history = fixture.queries.history(id);
      assertThat(history.events())
          .extracting(DeliveryQueries.EventEntry::id)
          .containsExactly("co-1", child.id(), grandchild.id());
      assertThat(history.events())
          .extracting(DeliveryQueries.EventEntry::causationId)
          .containsExactly(null, "co-1", child.id());
      assertThat(history.deliveries()).hasSize(4);
    }
    assertThat(fixture.queries.history("co-2").events()).hasSize(1);
    assertThat(fixture.queries.history("co-2").deliveries()).hasSize(1);
  }

  private DerivedEvents derive(Event parent, String... children) {
    DerivedEvents derived = new DerivedEvents(parent, leftOut::add);
    add(derived, children);
    return derived;
  }

  private static void add(DerivedEvents derived, String... children) {
    for (String child : children) {
      JsonNode json = EventJson.parse(child.getBytes(StandardCharsets.UTF_8));
      RouteEventReader.read(json, derived.defaults()).events().forEach(derived::accepts);
    }
  }

  private RoutedEvent routed(Event event, String... children) {
    RoutedEvent routed = fixture.routed(event);
    add(routed.derived(), children);
    return routed;
  }

  private static List<String> ids(DerivedEvents derived) {
    return derived.preview().stream().map(Event::id).toList();
  }

  private static Event signed(String id) {
    return event("enerflo", "change-order.signed", "901", "{}")
        .withId(id)
        .ofWebhook("receipt-1", false);
  }

  /** An event of a webhook without an explicit id. */
  private static Event byContent(String receipt) {
    Event event = event("enerflo", "change-order.signed", "901", "{}");
    return Event.builder()
        .id(UUID.randomUUID().toString())
        .source(event.source())
        .type(event.type())
        .subject(event.subject())
        .time(event.time())
        .receipt(receipt)
        .derivedId(true)
        .contentKey(ContentKey.of("same", "enerflo", event.type(), event.subject()))
        .data(event.data())
        .build();
  }

  private static Event event(String source, String type, String subject, String data) {
    ObjectNode read = EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8));
    String id = source + "-" + type + "-" + subject;
    return Event.builder()
        .id(id)
        .source(source)
        .type(type)
        .subject(subject)
        .time(OffsetDateTime.now().withNano(0))
        .data(read)
        .build();
  }
}
