package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do with deliveries and destinations is recorded with it. */
class DeliveryActivityTest {

  private static final String ROWS =
      """
      select concat_ws(' ', who, action, kind, subject, count, details) from activity order by id
      """;

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void addADelivery() throws SQLException {
    fixture.execute("delete from activity");
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
  }

  @Test
  void aReplayOfOneDelivery() throws SQLException {
    die();
    fixture.replays.replay(DeliveryFilter.one(number()).state(DeliveryState.DEAD), 1, "ada");

    assertThat(activities()).containsExactly("ada replay delivery " + number());
  }

  @Test
  void aReplayOfAFilterNamesNoPerson() throws SQLException {
    die();
    DeliveryFilter filter =
        DeliveryFilter.all()
            .state(DeliveryState.DEAD)
            .destination("enerflo")
            .subject("A")
            .reason("refused")
            .destinations(List.of("enerflo", "flip"));
    fixture.replays.replay(filter, 10, "ada");

    assertThat(activities())
        .containsExactly(
            "ada replay deliveries state=dead, destination=enerflo, subject=…, reason=… 1");
  }

  @Test
  void aReplayThatSkipsWhatIsSuperseded() throws SQLException {
    die();
    fixture.add(lead("two", "A", "a@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));
    fixture.replays.replay(DeliveryFilter.all().state(DeliveryState.DEAD), 10, "ada");

    assertThat(activities()).containsExactly("ada replay deliveries state=dead 0 1 superseded");
  }

  @Test
  void whatChangesNothingIsNoActivity() throws SQLException {
    fixture.replays.replay(DeliveryFilter.all().state(DeliveryState.DEAD), 10, "ada");
    fixture.approvals.approve(number(), "ada");
    fixture.approvals.decline(number(), "ada");
    fixture.cancellation.cancel(0, "ada", "none");
    fixture.pauses.resume("enerflo", "ada");

    assertThat(activities()).isEmpty();
  }

  @Test
  void aGroupOfDeadLetters() throws SQLException {
    fixture.deadGroups.acknowledge("group-1", "ada", Optional.of("Ann Lee's"));
    fixture.deadGroups.reopen("group-1", "omar");
    fixture.deadGroups.reopen("group-1", "omar");

    assertThat(activities())
        .containsExactly("ada acknowledge dead-group group-1", "omar reopen dead-group group-1");
  }

  @Test
  void aReplayOfManyAndItsStop() throws SQLException {
    die();
    BulkReplay replay =
        fixture.bulkReplays.create(
            DeliveryFilter.all().state(DeliveryState.DEAD),
            DeliveryState.DEAD,
            "state dead",
            10,
            "ada");
    fixture.bulkReplays.stop(replay.id(), "omar");
    fixture.bulkReplays.stop(replay.id(), "omar");

    assertThat(activities())
        .containsExactly(
            "ada replay deliveries state dead 1 replay " + replay.id(),
            "omar stop bulk-replay " + replay.id());
  }

  @Test
  void anApproval() throws SQLException {
    hold();
    fixture.approvals.approve(number(), "ada");

    assertThat(activities()).containsExactly("ada approve delivery " + number());
  }

  @Test
  void anApprovalOfASupersededDelivery() throws SQLException {
    hold();
    fixture.add(lead("two", "A", "a@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));
    fixture.approvals.approve(number(), "ada");

    assertThat(activities()).containsExactly("ada approve delivery " + number() + " superseded");
  }

  @Test
  void aDecline() throws SQLException {
    hold();
    fixture.approvals.decline(number(), "ada");

    assertThat(activities()).containsExactly("ada decline delivery " + number());
  }

  @Test
  void aCancellationWithoutItsReason() throws SQLException {
    fixture.cancellation.cancel(number(), "ada", "Ann Lee has withdrawn");

    assertThat(activities()).containsExactly("ada cancel delivery " + number());
  }

  @Test
  void aPauseAndItsEnd() throws SQLException {
    fixture.pauses.pause("enerflo", "maintenance", "ada");
    fixture.pauses.pause("enerflo", "once more", "omar");
    fixture.pauses.resume("enerflo", "omar");

    assertThat(activities())
        .containsExactly(
            "ada pause destination enerflo maintenance", "omar resume destination enerflo");
  }

  private static void die() throws SQLException {
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.dead(422, "refused", "is taken"));
  }

  private static void hold() throws SQLException {
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.held("needs approval"));
  }

  private static long number() throws SQLException {
    return fixture.entry("one", "enerflo").id();
  }

  private static List<String> activities() throws SQLException {
    return fixture.column(ROWS);
  }
}
