package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventJson;

/** Webhooks without an explicit id. {@code enerflo} has a window of 10 minutes. */
class DuplicateWebhooksTest {

  private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-31T08:00:00.123Z");

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private static final class Sent {
    private final String content;
    private String receipt;
    private String source = "enerflo";
    private String type = "lead.changed";
    private String record = "7";
    private Duration after = Duration.ZERO;
    private String position;
    private boolean replayed;

    Sent(String content) {
      this.content = content;
    }

    Sent as(String value) {
      receipt = value;
      return this;
    }

    Sent at(String duration) {
      after = Duration.parse(duration);
      return this;
    }

    Sent from(String value) {
      source = value;
      return this;
    }

    Sent ofType(String value) {
      type = value;
      return this;
    }

    Sent of(String value) {
      record = value;
      return this;
    }

    Sent inbox(String value) {
      position = value;
      return this;
    }

    Sent replayed() {
      replayed = true;
      return this;
    }

    RoutedEvent routed() {
      ContentKey key = ContentKey.of(content, source, type, record);
      Event event =
          Event.builder()
              .id(EventId.of(source, key.toString(), receipt))
              .source(source)
              .type(type)
              .subject(record)
              .time(START.plus(after))
              .receipt(receipt)
              .derivedId(true)
              .contentKey(key)
              .data(EventJson.parseObject(data().getBytes(StandardCharsets.UTF_8)))
              .build();
      RoutedEvent routed = fixture.routed(event, "crm");
      if (position != null) {
        routed.original().headers().add("relay_inbox", position.getBytes(StandardCharsets.UTF_8));
      }
      if (replayed) {
        byte[] first = event.time().toString().getBytes(StandardCharsets.UTF_8);
        routed.original().headers().add("relay_first_sent", first);
      }
      return routed;
    }

    private String data() {
      return content.startsWith("{")
          ? content
          : "{\"firstName\":\"Ada\",\"note\":\"%s\"}".formatted(content);
    }
  }

  @Test
  void theSameContentWithinTheWindowIsADuplicate() throws SQLException {
    receive(sent("A", "r1"), sent("A", "r2").at("PT9M59S"));

    assertThat(receipts()).containsExactly("r1");
    assertThat(reason("r2"))
        .isEqualTo("skipped: duplicate of event " + idOf("r1") + ", which has its own receipt");
    assertThat(fixture.column("select id from delivery")).hasSize(1);
  }

  @Test
  void theSameContentAtTheEndOfTheWindowIsAnEvent() throws SQLException {
    receive(sent("A", "r1"), sent("A", "r2").at("PT10M"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(fixture.column("select id from delivery")).hasSize(2);
  }

  @Test
  void theWindowBeginsWithTheEventAndNotWithItsLastDuplicate() throws SQLException {
    receive(sent("A", "r1"), sent("A", "r2").at("PT6M"), sent("A", "r3").at("PT12M"));

    assertThat(receipts()).containsExactly("r1", "r3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeAndItsReversalAreThreeEvents(boolean oneBatch) throws SQLException {
    Sent[] all = {sent("A", "r1"), sent("B", "r2").at("PT1S"), sent("A", "r3").at("PT2S")};
    receive(oneBatch, all);

    assertThat(receipts()).containsExactly("r1", "r2", "r3");
  }

  @Test
  void contentThatDiffersFromTheLatestIsAnEvent() throws SQLException {
    receive(
        sent("A", "r1"),
        sent("B", "r2").at("PT1S"),
        sent("B", "r3").at("PT2S"),
        sent("A", "r4").at("PT3S"),
        sent("A", "r5").at("PT4S"));

    assertThat(receipts()).containsExactly("r1", "r2", "r4");
    assertThat(reason("r5")).contains(idOf("r4"));
  }

  @ParameterizedTest
  @CsvSource({
    "enerflo, lead.changed, 8",
    "enerflo, lead.submitted, 7",
    "solarproof, lead.changed, 7"
  })
  void anotherRecordKindOrSourceIsNoDuplicateAndNothingInBetween(
      String source, String type, String record) throws SQLException {
    Sent other = sent("{\"email\":\"a@example.com\"}", "r2").from(source).ofType(type).of(record);
    String content = "{\"email\":\"a@example.com\"}";
    receive(sent(content, "r1"), other.at("PT1S"), sent(content, "r3").at("PT2S"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(reason("r3")).contains(idOf("r1"));
  }

  @Test
  void aSourceWithoutAWindowHasNoDuplicates() throws SQLException {
    receive(
        sent("A", "r1").from("flip").ofType("enrollment.changed"),
        sent("A", "r2").from("flip").ofType("enrollment.changed"));

    assertThat(receipts()).containsExactly("r1", "r2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsThatAreReadAgainChangeNothing(boolean oneBatch) throws SQLException {
    Sent[] all = {
      sent("A", "r1").inbox("3-1"),
      sent("A", "r2").inbox("3-2").at("PT1S"),
      sent("B", "r3").inbox("3-3").at("PT2S"),
      sent("A", "r4").inbox("3-4").at("PT3S"),
      sent("A", "r5").inbox("3-5").at("PT4S")
    };
    receive(oneBatch, all);
    List<String> before = everything();
    receive(oneBatch, all);
    receive(all[1]);
    receive(all[4], all[1], all[0]);

    assertThat(receipts()).containsExactly("r1", "r3", "r4");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theOrderOfTheInboxCountsAndNotTheClocksOfTwoPods() throws SQLException {
    receive(
        sent("A", "r1").inbox("3-1").at("PT1S"),
        sent("B", "r2").inbox("3-2").at("PT0.95S"),
        sent("A", "r3").inbox("3-3").at("PT1.2S"));

    assertThat(receipts()).containsExactlyInAnyOrder("r1", "r2", "r3");
  }

  @Test
  void aBacklogOfDaysIsComparedByTheTimesOfItsWebhooks() throws SQLException {
    receive(
        sent("A", "r1").at("PT-72H"),
        sent("A", "r2").at("PT-71H-59M"),
        sent("A", "r3").at("PT-48H"));

    assertThat(receipts()).containsExactly("r1", "r3");
  }

  @Test
  void aReplayedWebhookIsNoDuplicateOfItself() throws SQLException {
    receive(sent("A", "r1").replayed());

    assertThat(receipts()).containsExactly("r1");
  }

  @Test
  void aReplayedWebhookIsADuplicateOfTheSameContentBeforeIt() throws SQLException {
    receive(sent("A", "r1"), sent("B", "r3").at("PT2H"), sent("A", "r2").at("PT1M").replayed());

    assertThat(receipts()).containsExactly("r1", "r3");
    assertThat(reason("r2")).contains(idOf("r1"));
  }

  @Test
  void anOlderReplayedWebhookIsNotTheLatest() throws SQLException {
    receive(sent("B", "r1").at("PT1M"), sent("A", "r0").replayed(), sent("B", "r2").at("PT2M"));

    assertThat(receipts()).containsExactly("r0", "r1");
    assertThat(reason("r2")).contains(idOf("r1"));
  }

  private static final String FULL =
      """
      {"firstName":"Gil","lastName":"Late","email":"gil@example.com",
       "address":{"city":"Provo","state":"UT"},"ids":{"enerflo.customer":"7"}}""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"firstName\":\"Gil\"}",
        "{\"firstName\":\"Gil\",\"email\":\"\",\"phone\":null,\"address\":{\"state\":\"UT\"}}",
        "{\"ids\":{\"enerflo.customer\":\"7\"}}"
      })
  void aCreationWithFewerFieldsThanTheLatestIsADuplicate(String poor) throws SQLException {
    receive(creation(poor, "r1"), creation(FULL, "r2").at("PT1S"), creation(poor, "r3").at("PT2S"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(reason("r3")).contains(idOf("r2"));
  }

  @Test
  void theFullerCreationIsAlsoReadFromTheLedger() throws SQLException {
    receive(
        false,
        creation(FULL, "r1"),
        creation("{\"firstName\":\"Gil\"}", "r2").at("PT1S"),
        creation(FULL, "r3").at("PT2S"));

    assertThat(receipts()).containsExactly("r1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"firstName\":\"Gus\"}",
        "{\"firstName\":\"Gil\",\"phone\":\"(801) 555-0143\"}",
        "{\"address\":{\"state\":\"ID\"}}"
      })
  void aCreationWithOtherContentIsAnEvent(String other) throws SQLException {
    receive(creation(FULL, "r1"), creation(other, "r2").at("PT1S"));

    assertThat(receipts()).containsExactly("r1", "r2");
  }

  @Test
  void aChangeThatRemovesAFieldIsAnEvent() throws SQLException {
    receive(sent(FULL, "r1"), sent("{\"firstName\":\"Gil\"}", "r2").at("PT1S"));

    assertThat(receipts()).containsExactly("r1", "r2");
  }

  private static Sent creation(String content, String receipt) {
    return sent(content, receipt).ofType("lead.submitted");
  }

  private static Sent sent(String content, String receipt) {
    return new Sent(content).as(receipt);
  }

  private static void receive(Sent... all) throws SQLException {
    receive(true, all);
  }

  private static void receive(boolean oneBatch, Sent... all) throws SQLException {
    List<RoutedEvent> routed = new ArrayList<>(Stream.of(all).map(Sent::routed).toList());
    if (oneBatch) {
      fixture.queue.add(routed);
    } else {
      for (RoutedEvent one : routed) {
        fixture.queue.add(List.of(one));
      }
    }
  }

  private static List<String> receipts() throws SQLException {
    return fixture.column("select receipt from event order by happened_at, receipt");
  }

  private static String idOf(String receipt) throws SQLException {
    return fixture.column("select id from event where receipt = '" + receipt + "'").get(0);
  }

  private static String reason(String receipt) throws SQLException {
    return fixture
        .column("select state || ': ' || reason from set_aside where id = '" + receipt + "'")
        .get(0);
  }

  private static List<String> everything() throws SQLException {
    List<String> all = new ArrayList<>();
    all.addAll(fixture.column("select id from event order by id"));
    all.addAll(fixture.column("select event_id || destination from delivery order by 1"));
    all.addAll(fixture.column("select id || reason from set_aside order by id"));
    return all;
  }
}
