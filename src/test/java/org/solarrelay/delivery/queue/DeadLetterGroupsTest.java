package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
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
        .extracting(group -> group.stage() + " " + group.source() + " " + group.count())
        .containsExactlyInAnyOrder("translate flip 2", "translate enerflo 1", "fan-out  1");
    assertThat(groups)
        .filteredOn(group -> group.count() == 2)
        .extracting(DeadLetterGroups.Group::example)
        .containsExactly("b");
  }

  private static void dead(String event, String reason) throws SQLException {
    fixture.add(QueueFixture.lead(event, "r" + event, event + "@example.com"), "enerflo");
    Delivery taken = fixture.queue.take("enerflo", 1, QueueFixture.LEASE).get(0);
    fixture.end(taken, AttemptResult.dead(reason));
  }
}
