package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;

/** What docs/runbook.md tells operators to run by hand does what it says. */
class RunbookSqlTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void anErasedPersonIsGoneWithAllOfTheirRecordsAndNobodyElse() throws Exception {
    fixture.add(event("1", "ada", "{\"email\":\"ada@example.com\"}"), "enerflo");
    fixture.add(event("2", "ada", "{\"firstName\":\"Ada\"}"), "enerflo");
    fixture.add(event("3", "bob", "{\"email\":\"bob@example.com\"}"), "enerflo");

    fixture.execute(sql("erase-person"));

    assertThat(fixture.column("select subject from event")).containsExactly("bob");
    assertThat(fixture.column("select event_id from delivery")).containsExactly("3");
    assertThat(fixture.column("select value from record_trait")).containsExactly("bob@example.com");
    assertThat(fixture.column("select id from record_id")).containsExactly("bob");
    assertThat(fixture.column("select count(*) from record")).containsExactly("1");
  }

  @Test
  void afterOffsetsAreForgottenTheSameOneIsANewEvent() throws Exception {
    fixture.add(event("solar.leads-3-17", "a", "{\"email\":\"a@example.com\"}"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), Verdict.delivered("x"));
    fixture.add(event("solar.leads-3-18", "b", "{\"email\":\"b@example.com\"}"), "enerflo");
    fixture.add(event("an-id-of-its-own", "c", "{\"email\":\"c@example.com\"}"), "enerflo");

    fixture.execute(sql("forget-offsets"));

    assertThat(fixture.column("select id from event"))
        .containsExactlyInAnyOrder("solar.leads-3-18", "an-id-of-its-own");
    fixture.add(event("solar.leads-3-17", "d", "{\"email\":\"d@example.com\"}"), "enerflo");
    assertThat(QueueFixture.eventIds(fixture.take("enerflo"))).contains("solar.leads-3-17");
  }

  private static Event event(String id, String subject, String data) {
    return new Event(
        id,
        "crm",
        "lead.submitted",
        subject,
        OffsetDateTime.parse("2026-01-31T08:00:00Z"),
        null,
        false,
        EventJson.parseObject(data.getBytes(StandardCharsets.UTF_8)));
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
