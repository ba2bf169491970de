package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;

class DeduplicationWindowTest {

  private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-01-31T08:00:00.123Z");
  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void theSameContentWithin24HoursIsTheSameEvent() throws SQLException {
    receive(webhook(Duration.ZERO));
    receive(webhook(Duration.ofHours(24).minusMillis(1)));

    assertThat(eventIds()).containsExactly("content");
    assertThat(fixture.take("enerflo")).hasSize(1);
  }

  @Test
  void theSameContentAfter25HoursIsANewEventAndDeliveredUnderItsOwnId() throws SQLException {
    receive(webhook(Duration.ZERO));
    receive(webhook(Duration.ofHours(25)));

    assertThat(eventIds()).hasSize(2);
    Delivery first = fixture.take("enerflo").get(0);
    fixture.end(first, AttemptResult.delivered("1"));
    Delivery second = fixture.take("enerflo").get(0);
    assertThat(first.event().id()).isEqualTo("content");
    assertThat(second.event().id()).isEqualTo(eventIds().get(1)).isNotEqualTo("content");
    assertThat(second.event().time()).isEqualTo(FIRST.plusHours(25));
  }

  @Test
  void aThirdWebhookSecondsAfterTheSecondIsItsDuplicate() throws SQLException {
    receive(webhook(Duration.ZERO));
    receive(webhook(Duration.ofHours(25)));
    receive(webhook(Duration.ofHours(25).plusSeconds(5)));

    assertThat(eventIds()).hasSize(2);
  }

  @Test
  void webhooksOfOneBatchGetTheSameResults() throws SQLException {
    receive(
        webhook(Duration.ZERO),
        webhook(Duration.ofSeconds(5)),
        webhook(Duration.ofHours(25)),
        webhook(Duration.ofHours(25).plusSeconds(5)));

    assertThat(eventIds()).hasSize(2);
  }

  @Test
  void recordsReadAgainMakeNoFurtherEvent() throws SQLException {
    Event[] all = {
      webhook(Duration.ZERO), webhook(Duration.ofHours(25)), webhook(Duration.ofHours(50))
    };
    receive(all);
    List<String> ids = eventIds();
    receive(all);
    receive(all[2]);
    receive(all[1], all[0]);

    assertThat(ids).hasSize(3);
    assertThat(eventIds()).isEqualTo(ids);
  }

  @Test
  void twoSourcesWithTheSameContentIdAreTwoEvents() throws SQLException {
    receive(webhook(Duration.ZERO), lead("enerflo", "content", "A", "a@example.com", FIRST, true));

    assertThat(eventIds()).containsExactly("content", "content");
  }

  @Test
  void aProducersOwnIdIsAlwaysTheSameEvent() throws SQLException {
    receive(lead("crm", "own", "A", "a@example.com", FIRST, false));
    receive(lead("crm", "own", "A", "a@example.com", FIRST.plusYears(1), false));

    assertThat(eventIds()).containsExactly("own");
  }

  private static Event webhook(Duration later) {
    return lead("solarproof", "content", "A", "a@example.com", FIRST.plus(later), true);
  }

  private static void receive(Event... events) throws SQLException {
    fixture.queue.add(
        java.util.Arrays.stream(events).map(e -> fixture.routed(e, "enerflo")).toList());
  }

  private static List<String> eventIds() throws SQLException {
    return fixture.column("select id from event order by happened_at, source");
  }
}
