package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryFilterTest {

  private static final DeliveryFilter ALL = DeliveryFilter.all();
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-31T12:00:00Z");

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void sinceFindsAllDeliveriesOfTheFirstBatch() throws Exception {
    fixture.queue.add(
        List.of(
            fixture.routed(
                QueueFixture.lead("1", "r1", "1@example.com"), "enerflo", "solarproof", "crm"),
            fixture.routed(
                QueueFixture.lead("2", "r2", "2@example.com"), "enerflo", "solarproof", "crm")));
    OffsetDateTime since = OffsetDateTime.now().minusHours(1);

    var found = fixture.queries.find(ALL.since(since), 50);

    assertThat(found)
        .extracting(entry -> entry.eventId() + " " + entry.destination())
        .containsExactlyInAnyOrder(
            "1 enerflo", "1 solarproof", "1 crm", "2 enerflo", "2 solarproof", "2 crm");
  }

  @Test
  void sinceAndUntilAreAHalfOpenInterval() throws SQLException {
    for (int minute = 0; minute < 6; minute++) {
      leads("m" + minute);
      at("m" + minute, NOON.plusMinutes(minute));
    }

    assertThat(found(ALL.since(NOON.plusMinutes(2)).until(NOON.plusMinutes(4))))
        .containsExactly("m3", "m2");
    assertThat(found(ALL.until(NOON.plusMinutes(1)))).containsExactly("m0");
    assertThat(found(ALL.since(NOON.plusMinutes(5)))).containsExactly("m5");
    assertThat(found(ALL.until(NOON))).isEmpty();
    assertThat(found(ALL.until(OffsetDateTime.now().plusYears(1)))).hasSize(6);
  }

  @Test
  void untilFindsDeliveriesOfOverlappingBatches() throws SQLException {
    leads("before", "after");
    at("after", NOON.plusSeconds(30));
    at("before", NOON.minusSeconds(1));
    fixture.execute("update delivery_work set id = default where event_id = 'before'");

    assertThat(found(ALL.until(NOON))).containsExactly("before");
  }

  @Test
  void aReasonMatchesByAnyPartIgnoringCase() throws SQLException {
    leads("calif", "calif-2", "taken", "none");
    fixture.execute(
        """
        update delivery_work set reason = case event_id
          when 'taken' then 'The e-mail is 100%_taken \\ "already"'
          else 'enerflo returned 422: State Calif. is not valid' end
        where event_id <> 'none'
        """);
    fixture.finish("dead", "event_id <> 'none'");

    assertThat(found(ALL.reason("state calif."))).containsExactly("calif-2", "calif");
    assertThat(found(ALL.state(DeliveryState.DEAD).reason("STATE")))
        .containsExactly("calif-2", "calif");
    assertThat(found(ALL.state(DeliveryState.SKIPPED).reason("state"))).isEmpty();
    assertThat(found(ALL.reason("100%_t"))).containsExactly("taken");
    assertThat(found(ALL.reason("\\ \"a"))).containsExactly("taken");
    for (String pattern : List.of("%", "_", "\\")) {
      assertThat(found(ALL.reason(pattern))).containsExactly("taken");
    }
    assertThat(found(ALL.reason("state%valid"))).isEmpty();
  }

  @Test
  void aTypeAndAStatusMatchExactly() throws SQLException {
    leads("submitted", "changed");
    fixture.execute("update event set type = 'lead.changed' where id = 'changed'");
    fixture.execute("update delivery_work set status = 422 where event_id = 'changed'");

    assertThat(found(ALL.type("lead.changed"))).containsExactly("changed");
    assertThat(found(ALL.type("lead.submitted").status(422))).isEmpty();
    assertThat(found(ALL.type("lead"))).isEmpty();
    assertThat(found(ALL.status(422))).containsExactly("changed");
    assertThat(found(ALL.status(42))).isEmpty();
  }

  @Test
  void aReplaySelectsTheSameDeliveriesAsTheList() throws SQLException {
    leads("calif", "taken");
    fixture.execute(
        """
        update delivery_work set status = 422,
          reason = case event_id when 'taken' then 'taken' else 'State Calif.' end
        """);
    fixture.finish("dead", "true");
    DeliveryFilter filter =
        ALL.state(DeliveryState.DEAD)
            .type("lead.submitted")
            .status(422)
            .reason("calif")
            .since(NOON);

    assertThat(fixture.replays.count(filter)).isEqualTo(1);
    assertThat(fixture.replays.replay(filter, 10, "ada").replayed()).isEqualTo(1);
    assertThat(fixture.entry("calif", "enerflo").state()).isEqualTo(DeliveryState.PENDING);
    assertThat(fixture.entry("taken", "enerflo").state()).isEqualTo(DeliveryState.DEAD);
  }

  private static void leads(String... ids) throws SQLException {
    for (String id : ids) {
      fixture.add(QueueFixture.lead(id, "r-" + id, id + "@example.com"), "enerflo");
    }
  }

  private static void at(String event, OffsetDateTime time) throws SQLException {
    fixture.execute("update event set recorded_at = '%s' where id = '%s'".formatted(time, event));
    fixture.execute(
        "update delivery_work set created_at = '%s' where event_id = '%s'".formatted(time, event));
  }

  private static List<String> found(DeliveryFilter filter) throws SQLException {
    return fixture.queries.find(filter, 50).stream()
        .map(DeliveryQueries.DeliveryEntry::eventId)
        .toList();
  }
}
