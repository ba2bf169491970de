package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SQL that docs/runbook.md gives operators does what the page says. */
class RunbookSqlTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void anEventAtAForgottenOffsetIsNew() throws Exception {
    fixture.add(lead("solar.leads-3-17", "a", "a@example.com"), "enerflo");
    endAllAsDead();
    fixture.add(lead("solar.leads-3-18", "b", "b@example.com"), "enerflo");
    fixture.add(lead("an-id-of-its-own", "c", "c@example.com"), "solarproof");
    fixture.end(fixture.take("solarproof").get(0), AttemptResult.dead(422, "refused", "no"));
    fixture.execute("insert into replay (delivery_id, by) select id, 'ada' from delivery_ledger");
    fixture.execute(
        "insert into attempt_request select id, 1, 5, now(), '[]' from delivery_ledger");

    fixture.execute(sql("forget-offsets"));

    assertThat(fixture.column("select id from event"))
        .containsExactlyInAnyOrder("solar.leads-3-18", "an-id-of-its-own");
    assertHistoryOf("an-id-of-its-own");
    fixture.add(lead("solar.leads-3-17", "d", "d@example.com"), "enerflo");
    assertThat(QueueFixture.eventIds(fixture.take("enerflo"))).contains("solar.leads-3-17");
  }

  private static void endAllAsDead() throws SQLException {
    for (Delivery delivery : fixture.take("enerflo")) {
      fixture.end(delivery, AttemptResult.dead(422, "refused", "no"));
    }
    fixture.execute("insert into replay (delivery_id, by) select id, 'ada' from delivery_ledger");
    fixture.execute(
        "insert into attempt_request select id, 1, 5, now(), '[]' from delivery_ledger");
    fixture.execute(
        """
        insert into refused_delivery (delivery_id, destination, record)
        select id, destination, record from delivery_ledger
        """);
  }

  /** What belongs to deliveries is there for deliveries of this event only. */
  private static void assertHistoryOf(String event) throws SQLException {
    for (String table : List.of("failed_attempt", "attempt_request", "replay", "unannounced")) {
      assertThat(
              fixture.column(
                  """
                  select distinct d.event_id from %s left join delivery d on d.id = delivery_id
                  """
                      .formatted(table)))
          .as(table)
          .containsExactly(event);
    }
  }

  private static String sql(String name) throws IOException {
    String page = Files.readString(Path.of("docs", "runbook.md"));
    Matcher block =
        Pattern.compile("```sql\n-- %s\n(.*?)```".formatted(name), Pattern.DOTALL).matcher(page);
    assertThat(block.results().count()).as(name).isOne();
    block.reset();
    block.find();
    return block.group(1);
  }
}
