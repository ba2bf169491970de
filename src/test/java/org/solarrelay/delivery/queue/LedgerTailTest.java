package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Receipt;

class LedgerTailTest {

  @RegisterExtension static final QueueFixture fixture = new QueueFixture();

  @Test
  void eventsAndEndsAreReadNewestFirst() throws SQLException {
    fixture.add(QueueFixture.lead("1", "r1", "a@example.com"), "enerflo");
    fixture.add(QueueFixture.lead("2", "r2", "b@example.com"), "enerflo", "solarproof");
    end("enerflo", AttemptResult.dead("it returned 422"));
    end("solarproof", AttemptResult.delivered());

    LedgerTail.Tail tail = fixture.ledgerTail.read(OffsetDateTime.now().plusSeconds(1));

    assertThat(tail.events())
        .extracting(event -> event.id() + " " + event.source() + " " + event.subject())
        .containsExactly("2 crm r2", "1 crm r1");
    assertThat(tail.ends())
        .extracting(end -> end.destination() + " " + end.state() + " " + end.reason())
        .containsExactly("solarproof delivered null", "enerflo dead it returned 422");
    assertThat(tail.ends().get(1).type()).isEqualTo("lead.submitted");
  }

  @Test
  void nothingLaterThanTheTimeIsRead() throws SQLException {
    fixture.add(QueueFixture.lead("1", "r1", "a@example.com"), "enerflo");
    end("enerflo", AttemptResult.dead("it returned 422"));
    OffsetDateTime between =
        OffsetDateTime.parse(
            fixture
                .column("select to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.USTZH:TZM')")
                .get(0));
    fixture.add(QueueFixture.lead("2", "r2", "b@example.com"), "enerflo");
    end("enerflo", AttemptResult.dead("it returned 422"));

    LedgerTail.Tail tail = fixture.ledgerTail.read(between);

    assertThat(tail.events()).extracting(LedgerTail.EventEntry::id).containsExactly("1");
    assertThat(tail.ends()).extracting(LedgerTail.EndEntry::subject).containsExactly("r1");
  }

  @Test
  void aMessageIsAWebhookWhereItsIdIsAReceipt() throws SQLException {
    String receipt = Receipt.create();
    fixture.execute(
        """
        insert into set_aside (id, stage, source, state, reason, at, receipt) values
          ('%s', 'translate', 'flip', 'skipped', 'not used', now(), null),
          ('solar.leads-0-1', 'fan-out', null, 'dead', 'no type', now(), null),
          ('solar.events-0-1', 'fan-out', 'crm', 'dead', 'no type', now(), 'r-1')
        """
            .formatted(receipt));

    List<LedgerTail.MessageEntry> messages =
        fixture.ledgerTail.read(OffsetDateTime.now().plusSeconds(1)).messages();

    assertThat(messages)
        .extracting(message -> message.receipt().orElse("none") + " " + message.state())
        .containsExactlyInAnyOrder(receipt + " skipped", "none dead", "r-1 dead");
  }

  @Test
  void deliveriesThatWaitedLongAreReadBesideTheNewest() throws SQLException {
    fixture.addLeads(0, 1, "enerflo");
    end("enerflo", AttemptResult.dead("it returned 422"));
    fixture.execute(
        """
        insert into delivery_ledger (id, late, source, event_id, destination, record, state,
          attempts, created_at, finished_at)
        select 100 + n, false, d.source, d.event_id, 'crm', d.record, 'delivered', 1, now(),
          now() - interval '2 h'
        from delivery_ledger d, generate_series(1, %d) n
        """
            .formatted(LedgerTail.NUMBERS));

    List<LedgerTail.EndEntry> ends = fixture.ledgerTail.read(OffsetDateTime.now()).ends();

    assertThat(ends).hasSize(LedgerTail.MOST).doesNotHaveDuplicates();
    assertThat(ends.get(0).destination()).isEqualTo("enerflo");
    assertThat(ends.get(1).destination()).isEqualTo("crm");
  }

  private static void end(String destination, AttemptResult result) throws SQLException {
    fixture.end(fixture.queue.take(destination, 1, QueueFixture.LEASE).get(0), result);
  }
}
