package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;

class DeliveryReplayTest {

  private static final DeliveryFilter DEAD = DeliveryFilter.all().state(DeliveryState.DEAD);
  private static final AttemptResult REFUSED = AttemptResult.dead(422, "refused", "no");
  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void aReplayIsANewAttemptOfTheSameDeliveryWithANewRetryBudget() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.execute("delete from unannounced");

    assertThat(replayAll().replayed()).isEqualTo(1);

    assertThat(fixture.entry("one", "enerflo").finishedAt()).isNull();
    Delivery again = takeReplayed().get(0);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.retried()).as("it does not count for the latency objective").isTrue();
    assertThat(again.age()).isLessThan(Duration.ofMinutes(1));
    assertThat(fixture.column("select delivery_id from unannounced")).isEmpty();
    fixture.end(again, REFUSED);
    assertThat(fixture.column("select delivery_id from unannounced")).hasSize(1);
    DeliveryQueries.DeliveryEntry entry = fixture.entry("one", "enerflo");
    assertThat(entry.failures()).extracting(DeliveryQueries.Failure::attempt).containsExactly(1, 2);
    assertThat(entry.replays()).extracting(ReplayRepository.Replay::by).containsExactly("ada");
  }

  @Test
  void laterPendingDeliveriesWaitForAReplayedOne() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.add(lead("third", "A", "a@example.com"), "enerflo");

    replayAll();

    assertThat(fixture.take("enerflo")).isEmpty();
    for (String next : List.of("first", "second", "third")) {
      List<Delivery> taken = takeReplayed();
      assertThat(eventIds(taken)).containsExactly(next);
      assertThat(takeReplayed()).isEmpty();
      fixture.end(taken.get(0), AttemptResult.delivered("1"));
    }
  }

  @Test
  void aReplayedDeliveryWaitsForAnEarlierUnfinishedOneOfItsRecord() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);

    assertThat(replayAll().replayed()).isEqualTo(2);

    assertThat(eventIds(takeReplayed())).containsExactly("first");
    assertThat(takeReplayed()).isEmpty();
  }

  @Test
  void aSupersededDeliveryIsSkippedAndItsOutcomePublished() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    endNext(AttemptResult.delivered("1"));
    fixture.execute("delete from unannounced");

    DeliveryReplay.Result result = replayAll();

    assertThat(result.replayed()).isZero();
    assertThat(result.superseded()).hasSize(1);
    DeliveryQueries.DeliveryEntry entry = fixture.entry("first", "enerflo");
    assertThat(entry.state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(entry.reason()).isEqualTo("superseded by event second");
    assertThat(entry.replays()).hasSize(1);
    assertThat(fixture.column("select event_id from delivery join unannounced on id = delivery_id"))
        .containsExactly("first");
  }

  @Test
  void anotherDestinationOrRecordSupersedesNothing() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "B", "b@example.com"), "enerflo");
    endNext(AttemptResult.delivered("1"));
    fixture.add(lead("third", "A", "a@example.com"), "solarproof");
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.delivered("1"));

    assertThat(replayAll().replayed()).isEqualTo(1);
  }

  @Test
  void aNoteIsNeverSuperseded() throws SQLException {
    fixture.add(project("note-1", "project.note-added", "{\"note\":\"one\"}"), "enerflo");
    endNext(REFUSED);
    fixture.add(project("note-2", "project.note-added", "{\"note\":\"two\"}"), "enerflo");
    endNext(AttemptResult.delivered("1"));

    assertThat(replayAll().replayed()).isEqualTo(1);
  }

  @Test
  void aMilestoneIsSupersededByTheSameMilestoneOnly() throws SQLException {
    String milestone = "{\"milestone\":{\"id\":\"%s\",\"name\":\"%s\"}}";
    String type = "project.milestone-changed";
    fixture.add(project("seven", type, milestone.formatted("7", "Install")), "enerflo");
    endNext(REFUSED);
    fixture.add(project("eight", type, milestone.formatted("8", "Inspection")), "enerflo");
    endNext(REFUSED);
    fixture.add(project("eight-again", type, milestone.formatted("8", "Inspection")), "enerflo");
    endNext(AttemptResult.delivered("1"));

    assertThat(replayAll().superseded()).hasSize(1);
    assertThat(fixture.entry("eight", "enerflo").reason())
        .isEqualTo("superseded by event eight-again");
    assertThat(eventIds(takeReplayed())).containsExactly("seven");
  }

  @Test
  void aReplayDelaysNoNewDelivery() throws SQLException {
    fixture.addLeads(3);
    for (Delivery delivery : fixture.take("enerflo")) {
      fixture.end(delivery, REFUSED);
    }
    replayAll();
    fixture.execute("update delivery_work set due_at = now() - interval '1 min'");
    fixture.add(lead("new", "N", "n@example.com"), "enerflo");

    assertThat(eventIds(fixture.take("enerflo", 2, LEASE))).containsExactlyInAnyOrder("new", "0");
    assertThat(eventIds(fixture.take("enerflo", 9, LEASE))).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void atADestinationOfOneStateAnyLaterEventSupersedes() throws SQLException {
    fixture.add(project("submitted", "project.submitted", "{}"), "flip");
    fixture.execute("update delivery_ledger set state = 'dead'");
    fixture.add(
        project("done", "project.milestone-changed", "{\"milestone\":{\"id\":\"1\"}}"), "flip");
    fixture.execute(
        "update delivery_ledger set state = 'delivered', reason = null where event_id = 'done'");

    assertThat(replayAll().superseded()).hasSize(1);
  }

  @Test
  void aLaterDeliveryInFlightDuringTheReplaySupersedesIt() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    Delivery underWay = fixture.take("enerflo").get(0);

    assertThat(replayAll().replayed()).isEqualTo(1);
    assertThat(takeReplayed()).isEmpty();
    assertThat(fixture.entry("first", "enerflo").attempts()).isEqualTo(1);

    fixture.end(underWay, AttemptResult.delivered("1"));
    assertThat(takeReplayed()).isEmpty();
    assertThat(fixture.entry("first", "enerflo").reason()).isEqualTo("superseded by event second");
  }

  @Test
  void aReplayedDeliveryWaitsWhileAnotherPodTakesTheLaterOne() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    try (Connection otherPod = fixture.connection();
        Statement take = otherPod.createStatement()) {
      otherPod.setAutoCommit(false);
      take.execute("select from delivery where event_id = 'second' for update");
      replayAll();

      assertThat(fixture.take("enerflo")).isEmpty();
      otherPod.rollback();
    }
    assertThat(eventIds(takeReplayed())).containsExactly("first");
  }

  @Test
  void aReplayedDeliveryPrecedesALaterOneWhoseLeaseHasEnded() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.queue.take("enerflo", 1, LEASE);
    replayAll();
    fixture.execute(
        "update delivery_work set leased_until = now() - interval '1 s' where leased_until is not null");

    assertThat(eventIds(takeReplayed())).containsExactly("first");
  }

  @Test
  void aReplayedDeliveryWaitsForOneInFlightWithTheSameMatchKey() throws SQLException {
    fixture.add(lead("first", "A", "same@example.com"), "solarproof");
    fixture.end(fixture.take("solarproof").get(0), REFUSED);
    fixture.add(lead("second", "B", "same@example.com"), "solarproof");
    Delivery underWay = fixture.take("solarproof").get(0);
    replayAll();

    assertThat(takeReplayed("solarproof")).isEmpty();
    fixture.end(underWay, AttemptResult.delivered("1"));
    assertThat(eventIds(takeReplayed("solarproof"))).containsExactly("first");
  }

  @Test
  void aLimitSelectsTheOldest() throws SQLException {
    for (String subject : List.of("A", "B", "C")) {
      fixture.add(lead("of-" + subject, subject, subject + "@example.com"), "enerflo");
      endNext(REFUSED);
    }

    DeliveryReplay.Result result = fixture.replays.replay(DEAD, 2, "ada");

    assertThat(result.matched()).isEqualTo(3);
    assertThat(result.replayed()).isEqualTo(2);
    assertThat(fixture.column("select event_id from delivery where state = 'dead'"))
        .containsExactly("of-C");
    assertThat(fixture.replays.count(DEAD)).isEqualTo(1);
  }

  @Test
  void aDeliveredDeliveryThatIsSupersededStaysDelivered() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(AttemptResult.delivered("1"));
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    endNext(AttemptResult.delivered("1"));
    long first = fixture.entry("first", "enerflo").id();

    fixture.replays.replay(DeliveryFilter.one(first).state(DeliveryState.DELIVERED), 1, "ada");

    assertThat(fixture.entry("first", "enerflo").state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(fixture.entry("first", "enerflo").replays()).isEmpty();
  }

  @Test
  void aDryRunFindsASupersededDeliveryAndLeavesItDead() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    endNext(REFUSED);
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    endNext(AttemptResult.delivered("1"));
    fixture.add(lead("other", "B", "b@example.com"), "enerflo");
    endNext(REFUSED);

    assertThat(fixture.replays.superseded(fixture.entry("first", "enerflo").id()))
        .contains("superseded by event second");
    assertThat(fixture.replays.superseded(fixture.entry("other", "enerflo").id())).isEmpty();
    assertThat(fixture.entry("first", "enerflo").state()).isEqualTo(DeliveryState.DEAD);
    assertThat(fixture.entry("first", "enerflo").replays()).isEmpty();
  }

  private static DeliveryReplay.Result replayAll() throws SQLException {
    return fixture.replays.replay(DEAD, 1000, "ada");
  }

  private static void endNext(AttemptResult result) throws SQLException {
    fixture.end(fixture.take("enerflo").get(0), result);
  }

  private static List<Delivery> takeReplayed() throws SQLException {
    return takeReplayed("enerflo");
  }

  /** Takes the replayed delivery, which is due a little later. */
  private static List<Delivery> takeReplayed(String destination) throws SQLException {
    fixture.execute("update delivery_work set due_at = now() where leased_until is null");
    return fixture.take(destination);
  }

  private static Event project(String id, String type, String data) {
    return Event.builder()
        .id(id)
        .source("crm")
        .type(type)
        .subject("P")
        .time(OffsetDateTime.parse("2026-01-31T08:00:00Z"))
        .data(EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
