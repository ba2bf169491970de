package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLetterGroupsTest {

  @RegisterExtension static final QueueFixture fixture = new QueueFixture();

  @Test
  void reasonsThatDifferInIdsAndNumbersAreOneGroupAndStatusesAreNot() throws SQLException {
    dead("1", "enerflo returned 422 for 9f8b2c11-77aa-4cde-8a21-0123456789ab, ann@example.com");
    dead("2", "enerflo returned 422 for 5e0c6d00-1234-4cde-8a21-ffffffffffff, bob@example.com");
    dead("3", "enerflo returned 404 for 5e0c6d00-1234-4cde-8a21-ffffffffffff, bob@example.com");

    List<DeadLetterGroups.Group> groups = fixture.deadLetterGroups.all();

    assertThat(groups)
        .extracting(group -> group.count() + " " + group.reason())
        .containsExactlyInAnyOrder(
            "2 enerflo returned 422 for …, …", "1 enerflo returned 404 for …, …");
  }

  @Test
  void aReplayTakesExactlyTheDeliveriesOfItsGroup() throws SQLException {
    dead("1", "enerflo requires field 7");
    dead("2", "enerflo requires field 8");
    dead("3", "enerflo requires name");
    DeadLetterGroups.Group group =
        fixture.deadLetterGroups.all().stream()
            .filter(one -> one.count() == 2)
            .findFirst()
            .orElseThrow();

    assertThat(fixture.replays.count(group.deliveries())).isEqualTo(2);
    assertThat(fixture.replays.replay(group.deliveries(), 10, "omar").replayed()).isEqualTo(2);
    assertThat(fixture.deadLetterGroups.find(group.fingerprint())).isEmpty();
    assertThat(fixture.entry("3", "enerflo").state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void deadMessagesAreGroupedByStageAndSource() throws SQLException {
    fixture.execute(
        """
        insert into set_aside (id, stage, source, state, reason, at) values
          ('a', 'translate', 'flip', 'dead', 'no field 1', now() - interval '1 h'),
          ('b', 'translate', 'flip', 'dead', 'no field 2', now()),
          ('c', 'translate', 'enerflo', 'dead', 'no field 2', now()),
          ('d', 'fan-out', null, 'dead', 'no field 2', now()),
          ('e', 'translate', 'flip', 'skipped', 'not used', now())
        """);

    List<DeadLetterGroups.Group> groups = fixture.deadLetterGroups.all();

    assertThat(groups)
        .extracting(
            group -> group.cause().stage() + " " + group.cause().source() + " " + group.count())
        .containsExactlyInAnyOrder("translate flip 2", "translate enerflo 1", "fan-out  1");
    assertThat(groups)
        .filteredOn(group -> group.count() == 2)
        .extracting(DeadLetterGroups.Group::example)
        .containsExactly("b");
  }

  @Test
  void keptGroupsFollowEachChangeOfTheDeadLetters() throws SQLException {
    dead("1", "enerflo requires field 7");
    assertThat(counts()).containsExactly("1 enerflo requires field …");
    assertThat(counts()).containsExactly("1 enerflo requires field …");
    dead("2", "enerflo requires field 8");
    assertThat(counts()).containsExactly("2 enerflo requires field …");
    fixture.execute(
        "update delivery_ledger set reason = 'enerflo requires name' where event_id = '1'");
    assertThat(counts())
        .containsExactlyInAnyOrder("1 enerflo requires field …", "1 enerflo requires name");
    fixture.execute("update delivery_ledger set state = 'skipped'");
    assertThat(counts()).isEmpty();
  }

  private static List<String> counts() throws SQLException {
    return fixture.deadLetterGroups.all().stream()
        .map(group -> group.count() + " " + group.reason())
        .toList();
  }

  /** Operators' notes refer to fingerprints, so a new version must not change them. */
  @Test
  void aFingerprintIsTheSameInEveryVersion() throws SQLException {
    dead("1", "enerflo returned 422: no lead 123 of ann@example.com");
    dead("2", "enerflo returned 422: no lead 4711 of bob@example.com");
    fixture.execute(
        """
        insert into set_aside (id, stage, source, state, reason, at)
        values ('a', 'translate', 'flip', 'dead', 'no field 1', now())
        """);

    assertThat(fixture.deadLetterGroups.all())
        .extracting(group -> group.fingerprint() + " " + group.reason())
        .containsExactlyInAnyOrder(
            "b623bb9811b0 enerflo returned 422: no lead … of …", "ea9bccf223c6 no field …");
  }

  @Test
  void anAcknowledgedGroupOpensAgainWithItsNextDeadLetter() throws SQLException {
    dead("1", "enerflo requires field 7");
    DeadLetterGroups.Group open = onlyGroup();
    assertThat(open.state()).isEqualTo(DeadGroupState.OPEN);
    assertThat(open.isReopened()).isFalse();

    fixture.deadGroups.acknowledge(open.fingerprint(), "ada", Optional.of("known"));

    DeadLetterGroups.Group known = onlyGroup();
    assertThat(known.state()).isEqualTo(DeadGroupState.ACKNOWLEDGED);
    assertThat(known.acknowledgement().orElseThrow().by()).isEqualTo("ada");
    assertThat(known.acknowledgement().orElseThrow().note()).contains("known");

    dead("2", "enerflo requires field 8");

    DeadLetterGroups.Group again = onlyGroup();
    assertThat(again.fingerprint()).isEqualTo(open.fingerprint());
    assertThat(again.state()).isEqualTo(DeadGroupState.OPEN);
    assertThat(again.isReopened()).isTrue();
  }

  @Test
  void anOperatorReopensAGroupAndAcknowledgesItAnew() throws SQLException {
    dead("1", "enerflo requires field 7");
    String fingerprint = onlyGroup().fingerprint();
    fixture.deadGroups.acknowledge(fingerprint, "ada", Optional.empty());

    fixture.deadGroups.reopen(fingerprint, "omar");

    assertThat(onlyGroup().isReopened()).isTrue();
    assertThat(onlyGroup().acknowledgement().orElseThrow().reopenedBy()).contains("omar");
    fixture.deadGroups.acknowledge(fingerprint, "omar", Optional.empty());
    assertThat(onlyGroup().state()).isEqualTo(DeadGroupState.ACKNOWLEDGED);
  }

  @Test
  void aReplayedMessageThatFailsAgainReopensItsGroup() throws SQLException {
    fixture.execute(
        """
        insert into set_aside (id, stage, source, state, reason, at, recorded_at)
        values ('a', 'translate', 'flip', 'dead', 'no field', now() - interval '2 d', now())
        """);
    fixture.deadGroups.acknowledge(onlyGroup().fingerprint(), "ada", Optional.empty());
    assertThat(onlyGroup().state()).isEqualTo(DeadGroupState.ACKNOWLEDGED);

    fixture.execute("update set_aside set recorded_at = now()");

    assertThat(onlyGroup().state()).isEqualTo(DeadGroupState.OPEN);
  }

  @Test
  void openGroupsComeFirstAndCountTheirHours() throws SQLException {
    dead("1", "enerflo requires name");
    dead("2", "enerflo requires phone");
    dead("3", "enerflo requires phone");
    fixture.execute(
        """
        update delivery_ledger set finished_at = now() - interval '150 min' where event_id = '2';
        update delivery_ledger set finished_at = now() - interval '25 h' where event_id = '1'
        """);
    DeadLetterGroups.Group phone = fixture.deadLetterGroups.all().get(0);
    assertThat(phone.reason()).isEqualTo("enerflo requires phone");
    assertThat(phone.hourly()).hasSize(24).endsWith(1L, 0L, 1L);
    assertThat(phone.example()).isEqualTo(fixture.entry("3", "enerflo").id() + "");

    fixture.deadGroups.acknowledge(phone.fingerprint(), "ada", Optional.empty());

    assertThat(fixture.deadLetterGroups.all())
        .extracting(DeadLetterGroups.Group::reason)
        .containsExactly("enerflo requires name", "enerflo requires phone");
    assertThat(fixture.deadLetterGroups.all().get(0).hourly()).containsOnly(0L);
  }

  @Test
  void acknowledgementsAreDeletedWithTheirDeadLetters() throws SQLException {
    fixture.deadGroups.acknowledge("old", "ada", Optional.empty());
    fixture.deadGroups.acknowledge("young", "ada", Optional.empty());
    fixture.execute(
        "update dead_group set acknowledged_at = now() - interval '39 d' where fingerprint = 'old'");

    fixture.retention("P30D").deleteBatch();

    assertThat(fixture.column("select fingerprint from dead_group")).containsExactly("young");
  }

  private static DeadLetterGroups.Group onlyGroup() throws SQLException {
    List<DeadLetterGroups.Group> groups = fixture.deadLetterGroups.all();
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private static void dead(String event, String reason) throws SQLException {
    fixture.add(QueueFixture.lead(event, "r" + event, event + "@example.com"), "enerflo");
    Delivery taken = fixture.queue.take("enerflo", 1, QueueFixture.LEASE).get(0);
    fixture.end(taken, AttemptResult.dead(reason));
  }
}
