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
    private final String says;
    private String receipt;
    private String source = "enerflo";
    private String type = "lead.changed";
    private String record = "7";
    private Duration after = Duration.ZERO;
    private String position;
    private boolean replayed;

    Sent(String says) {
      this.says = says;
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

    RoutedEvent fanned() {
      ContentKey key = ContentKey.of(says, source, type, record);
      Event event =
          new Event(
              EventId.of(source, key.toString(), receipt),
              source,
              type,
              record,
              START.plus(after),
              receipt,
              true,
              key,
              EventJson.parseObject(data().getBytes(StandardCharsets.UTF_8)),
              List.of());
      RoutedEvent fanned = fixture.fanned(event, "crm");
      if (position != null) {
        fanned.original().headers().add("relay_inbox", position.getBytes(StandardCharsets.UTF_8));
      }
      if (replayed) {
        byte[] first = event.time().toString().getBytes(StandardCharsets.UTF_8);
        fanned.original().headers().add("relay_first_sent", first);
      }
      return fanned;
    }

    private String data() {
      return says.startsWith("{")
          ? says
          : "{\"firstName\":\"Ada\",\"note\":\"%s\"}".formatted(says);
    }
  }

  @Test
  void theSameContentWithinTheWindowIsADuplicate() throws SQLException {
    see(sent("A", "r1"), sent("A", "r2").at("PT9M59S"));

    assertThat(receipts()).containsExactly("r1");
    assertThat(story("r2"))
        .isEqualTo("skipped: duplicate of event " + idOf("r1") + ", which has its own receipt");
    assertThat(fixture.column("select id from delivery")).hasSize(1);
  }

  @Test
  void theSameContentAtTheEndOfTheWindowIsAnEvent() throws SQLException {
    see(sent("A", "r1"), sent("A", "r2").at("PT10M"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(fixture.column("select id from delivery")).hasSize(2);
  }

  @Test
  void theWindowBeginsWithTheEventAndNotWithItsLastDuplicate() throws SQLException {
    see(sent("A", "r1"), sent("A", "r2").at("PT6M"), sent("A", "r3").at("PT12M"));

    assertThat(receipts()).containsExactly("r1", "r3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeAndBackIsThreeEvents(boolean oneBatch) throws SQLException {
    Sent[] all = {sent("A", "r1"), sent("B", "r2").at("PT1S"), sent("A", "r3").at("PT2S")};
    see(oneBatch, all);

    assertThat(receipts()).containsExactly("r1", "r2", "r3");
  }

  @Test
  void aDuplicateOfWhatIsNotTheLatestIsAnEvent() throws SQLException {
    see(
        sent("A", "r1"),
        sent("B", "r2").at("PT1S"),
        sent("B", "r3").at("PT2S"),
        sent("A", "r4").at("PT3S"),
        sent("A", "r5").at("PT4S"));

    assertThat(receipts()).containsExactly("r1", "r2", "r4");
    assertThat(story("r5")).contains(idOf("r4"));
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
    String says = "{\"email\":\"a@example.com\"}";
    see(sent(says, "r1"), other.at("PT1S"), sent(says, "r3").at("PT2S"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(story("r3")).contains(idOf("r1"));
  }

  @Test
  void aSourceWithoutAWindowHasNoDuplicates() throws SQLException {
    see(
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
    see(oneBatch, all);
    List<String> before = everything();
    see(oneBatch, all);
    see(all[1]);
    see(all[4], all[1], all[0]);

    assertThat(receipts()).containsExactly("r1", "r3", "r4");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theOrderOfTheInboxCountsAndNotTheClocksOfTwoPods() throws SQLException {
    see(
        sent("A", "r1").inbox("3-1").at("PT1S"),
        sent("B", "r2").inbox("3-2").at("PT0.95S"),
        sent("A", "r3").inbox("3-3").at("PT1.2S"));

    assertThat(receipts()).containsExactlyInAnyOrder("r1", "r2", "r3");
  }

  @Test
  void aBacklogOfDaysIsJudgedByTheTimesOfItsWebhooks() throws SQLException {
    see(
        sent("A", "r1").at("PT-72H"),
        sent("A", "r2").at("PT-71H-59M"),
        sent("A", "r3").at("PT-48H"));

    assertThat(receipts()).containsExactly("r1", "r3");
  }

  @Test
  void aReplayedWebhookIsNoDuplicateOfItself() throws SQLException {
    see(sent("A", "r1").replayed());

    assertThat(receipts()).containsExactly("r1");
  }

  @Test
  void aReplayedWebhookIsADuplicateOfTheSameContentBeforeIt() throws SQLException {
    see(sent("A", "r1"), sent("B", "r3").at("PT2H"), sent("A", "r2").at("PT1M").replayed());

    assertThat(receipts()).containsExactly("r1", "r3");
    assertThat(story("r2")).contains(idOf("r1"));
  }

  @Test
  void aReplayedWebhookThatIsOlderDoesNotComeInBetween() throws SQLException {
    see(sent("B", "r1").at("PT1M"), sent("A", "r0").replayed(), sent("B", "r2").at("PT2M"));

    assertThat(receipts()).containsExactly("r0", "r1");
    assertThat(story("r2")).contains(idOf("r1"));
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
  void ofACreationTheFullerOneCountsWhicheverComesFirst(String poor) throws SQLException {
    see(creation(poor, "r1"), creation(FULL, "r2").at("PT1S"), creation(poor, "r3").at("PT2S"));

    assertThat(receipts()).containsExactly("r1", "r2");
    assertThat(story("r3")).contains(idOf("r2"));
  }

  @Test
  void theFullerOneIsReadFromTheLedgerAsWell() throws SQLException {
    see(
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
  void aCreationThatSaysSomethingElseIsAnEvent(String other) throws SQLException {
    see(creation(FULL, "r1"), creation(other, "r2").at("PT1S"));

    assertThat(receipts()).containsExactly("r1", "r2");
  }

  @Test
  void aChangeThatTakesSomethingAwayIsAnEvent() throws SQLException {
    see(sent(FULL, "r1"), sent("{\"firstName\":\"Gil\"}", "r2").at("PT1S"));

    assertThat(receipts()).containsExactly("r1", "r2");
  }

  private static Sent creation(String says, String receipt) {
    return sent(says, receipt).ofType("lead.submitted");
  }

  private static Sent sent(String says, String receipt) {
    return new Sent(says).as(receipt);
  }

  private static void see(Sent... all) throws SQLException {
    see(true, all);
  }

  private static void see(boolean oneBatch, Sent... all) throws SQLException {
    List<RoutedEvent> fanned = new ArrayList<>(Stream.of(all).map(Sent::fanned).toList());
    if (oneBatch) {
      fixture.queue.add(fanned);
    } else {
      for (RoutedEvent one : fanned) {
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

  private static String story(String receipt) throws SQLException {
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
