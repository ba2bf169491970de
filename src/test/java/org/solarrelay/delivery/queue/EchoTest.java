package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.identity.ExternalId;

/** Webhooks by which a vendor announces the relay's own writes. */
class EchoTest {

  private static final String ADA =
      """
      {"firstName":"Ada","lastName":"Example","email":"ada@example.com","mobile":"(801) 555-0100",
       "address":{"street":"1 Example Street","city":"Provo","state":"UT","zip":"84601"}}
      """;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void aNewLeadThatEnerfloSendsBackIsAnEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));

    fixture.add(fromEnerflo("lead.submitted", ADA), "solarproof", "crm");

    assertEcho("echo of event crm-4711, which this relay wrote to enerflo at ");
  }

  @Test
  void anEchoIsFoundHoweverEnerfloFormatsNamesNumbersAndAddresses() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));

    fixture.add(
        fromEnerflo(
            "lead.submitted",
            """
            {"fullName":"ada  EXAMPLE","email":"Ada@Example.com","phone":"+1 801-555-0100",
             "status":"New Lead","source":"API","ids":{"enerflo.customer":"55555"},
             "address":{"full":"1 Example St, Provo, UT 84601, USA"}}
            """),
        "solarproof");

    assertEcho("echo of");
  }

  @Test
  void aPersonsChangeWithinTheWindowIsNoEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));

    fixture.add(
        fromEnerflo("lead.changed", ADA.replace("ada@example.com", "ada@work.example.com")),
        "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("enerflo-55555");
  }

  @Test
  void aPersonsChangeBackToTheWrittenStateIsNoEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));
    Event changed =
        fromEnerflo("lead.changed", ADA.replace("ada@example.com", "ada@work.example.com"));
    fixture.add(withId(changed, "1", 1), "solarproof");

    fixture.add(withId(fromEnerflo("lead.changed", ADA), "2", 2), "solarproof");

    assertThat(fixture.entry("2", "solarproof").state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void aStatusThatAPersonSetsWithinTheWindowIsNoEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));

    fixture.add(
        fromEnerflo("lead.changed", ADA.replace("{\"first", "{\"status\":\"Won\",\"first")),
        "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("enerflo-55555");
  }

  @Test
  void afterTheWindowNothingIsAnEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));
    fixture.execute("update delivery_ledger set last_attempt_at = now() - interval '3 minutes'");

    fixture.add(fromEnerflo("lead.submitted", ADA), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("enerflo-55555");
  }

  @Test
  void theSameDataOfAnotherRecordIsNoEcho() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));

    fixture.add(event("enerflo", "lead.submitted", "99999", ADA), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("enerflo-99999");
  }

  @Test
  void anEchoBeforeTheResponseIsFoundByItsEmailAndLinksTheRecords() throws SQLException {
    fixture.add(event("crm", "lead.submitted", "4711", ADA), "enerflo");
    fixture.take("enerflo");

    fixture.add(
        fromEnerflo("lead.submitted", ADA.replace("{\"first", "{\"ids\":{},\"first")),
        "solarproof");

    assertEcho("echo of event crm-4711");
    assertThat(fixture.identity.idsOf("crm.lead", "4711"))
        .containsEntry("enerflo.customer", "55555");
  }

  @Test
  void aLeadIsNoEchoOfAPendingDelivery() throws SQLException {
    fixture.add(event("crm", "lead.submitted", "4711", ADA), "enerflo");

    fixture.add(fromEnerflo("lead.submitted", ADA), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("enerflo-55555");
  }

  @Test
  void aProducersLeadIsNeverAnEcho() throws SQLException {
    fixture.add(event("web", "lead.submitted", "1", ADA), "enerflo", "crm");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));

    fixture.add(event("crm", "lead.submitted", "4711", ADA), "enerflo");

    assertThat(eventIds(fixture.take("enerflo"))).containsExactly("crm-4711");
  }

  @Test
  void aProjectStatusThatTheRelaySetIsAnEchoAndAnotherOneAChange() throws SQLException {
    String ids = "\"ids\":{\"enerflo.install\":\"901\"}";
    Event ours =
        event("crm", "project.status-changed", "P-901", "{\"status\":\"on-hold\"," + ids + "}");
    fixture.add(ours, "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("901"));

    Event back = event("enerflo", "project.status-changed", "901", "{\"status\":\"On-Hold\"}");
    fixture.add(withId(back, "back", 0), "flip", "crm");
    Event other = event("enerflo", "project.status-changed", "901", "{\"status\":\"active\"}");
    fixture.add(withId(other, "other", 1), "solarproof");

    assertThat(fixture.entry("back", "crm").reason()).startsWith("echo of event crm-P-901");
    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("other");
  }

  @Test
  void anUndeliveredStatusIsNotUnchangedTheSecondTime() throws SQLException {
    Event first = webhook("project.status-changed", "901", "{\"status\":\"on-hold\"}");
    fixture.add(withId(first, "first", 0), "solarproof");
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.dead(400, "no"));

    fixture.add(withId(first, "second", 1), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("second");
  }

  @Test
  void theSameStatusOfAProducerTwiceIsTwoEvents() throws SQLException {
    Event first = event("enerflo", "project.status-changed", "901", "{\"status\":\"on-hold\"}");
    fixture.add(withId(first, "first", 0), "solarproof");
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.delivered("1"));

    fixture.add(withId(first, "second", 1), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("second");
  }

  @Test
  void anOldWriteIsKnownWhenAnotherFieldIsWrittenNow() throws SQLException {
    writtenToEnerflo(event("crm", "lead.submitted", "4711", ADA));
    fixture.execute("update delivery_ledger set last_attempt_at = now() - interval '3 days'");
    Event status =
        event(
            "crm",
            "lead.status-changed",
            "4711",
            "{\"email\":\"ada@example.com\",\"status\":\"Won\"}");
    fixture.add(withId(status, "status", 0), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("55555"));

    fixture.add(
        fromEnerflo("lead.changed", ADA.replace("{\"first", "{\"status\":\"Won\",\"first")),
        "solarproof");

    assertEcho("echo of event status");
  }

  @Test
  void theSameStatusOfEnerfloTwiceIsUnchanged() throws SQLException {
    Event first = webhook("project.status-changed", "901", "{\"status\":\"on-hold\"}");
    fixture.add(withId(first, "first", 0), "solarproof");
    fixture.add(withId(first, "second", 1), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("first");
    assertThat(fixture.entry("second", "solarproof").reason())
        .isEqualTo("unchanged: enerflo reported the same status in event first");
  }

  @Test
  void aNoteOfTheRelayIsAnEchoAndAnotherNoteIsNot() throws SQLException {
    String ids = "\"ids\":{\"enerflo.install\":\"901\"}";
    fixture.add(
        event("crm", "project.note-added", "P-901", "{\"note\":\"Call back\"," + ids + "}"),
        "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered());

    Event back = event("enerflo", "project.note-added", "901", "{\"note\":\"Call back\"}");
    fixture.add(withId(back, "back", 0), "solarproof");
    Event other = event("enerflo", "project.note-added", "901", "{\"note\":\"Gate code 12\"}");
    fixture.add(withId(other, "other", 1), "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("other");
    assertThat(fixture.entry("back", "solarproof").reason()).startsWith("echo of");
  }

  @Test
  void aMilestoneOfTheRelayIsAnEchoAndAnotherDateAChange() throws SQLException {
    String ours =
        """
        {"milestone":{"name":"Permission to Operate"},"completedOn":"2026-04-18T10:00:00-06:00",
         "ids":{"enerflo.install":"901"}}
        """;
    fixture.add(event("crm", "project.milestone-changed", "P-901", ours), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("901"));
    String back =
        """
        {"milestone":{"id":"4","name":"permission to operate"},"completedOn":"2026-04-18"}
        """;

    fixture.add(
        withId(event("enerflo", "project.milestone-changed", "901", back), "back", 0),
        "solarproof");
    fixture.add(
        withId(
            event("enerflo", "project.milestone-changed", "901", back.replace("04-18", "04-19")),
            "other",
            1),
        "solarproof");

    assertThat(eventIds(fixture.take("solarproof"))).containsExactly("other");
  }

  private static void writtenToEnerflo(Event event) throws SQLException {
    fixture.add(event, "enerflo");
    ExternalId learnt = new ExternalId("enerflo.customer", "55555", "Enerflo's response");
    fixture.end(
        fixture.take("enerflo").get(0),
        AttemptResult.delivered("55555").with(List.of(learnt), null));
  }

  private static void assertEcho(String reason) throws SQLException {
    assertThat(fixture.take("solarproof")).isEmpty();
    DeliveryQueries.DeliveryEntry entry = fixture.entry("enerflo-55555", "solarproof");
    assertThat(entry.state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(entry.reason()).startsWith(reason);
  }

  private static Event fromEnerflo(String type, String data) {
    return event("enerflo", type, "55555", data);
  }

  /** An event whose id is derived from its webhook's content. */
  private static Event webhook(String type, String subject, String data) {
    Event event = event("enerflo", type, subject, data);
    return Event.builder()
        .id(event.id())
        .source("enerflo")
        .type(type)
        .subject(subject)
        .time(event.time())
        .derivedId(true)
        .data(event.data())
        .build();
  }

  private static Event event(String source, String type, String subject, String data) {
    ObjectNode read = EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8));
    String id = source + "-" + subject;
    return Event.builder()
        .id(id)
        .source(source)
        .type(type)
        .subject(subject)
        .time(OffsetDateTime.now())
        .data(read)
        .build();
  }

  /** The same event under another id, some seconds later. */
  private static Event withId(Event event, String id, int seconds) {
    return Event.builder()
        .id(id)
        .source(event.source())
        .type(event.type())
        .subject(event.subject())
        .time(event.time().plusSeconds(seconds))
        .derivedId(event.derivedId())
        .data(event.data())
        .build();
  }
}
