package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.solarrelay.activity.ActivityFilter;
import org.solarrelay.activity.ActivityQueries;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.topic.client.AcceptingLog;

class DeadLetterReplayTest {

  private static final DeadLetterReplay.Filter TRANSLATE =
      DeadLetterReplay.Filter.all().stage("translate");
  private static final OffsetDateTime NINE = OffsetDateTime.parse("2026-01-31T09:00:00Z");

  // two are dead at the same time, one has no bytes in the database, one is not dead
  private static final String SEVERAL =
      """
      insert into set_aside (id, stage, source, state, reason, at, topic, headers, value, receipt, event_id)
      values
        ('solar.leads-0-1', 'fan-out', 'solar.leads', 'dead', 'lead.submitted: State is 100%_ wrong',
          '2026-01-31T08:00:00Z', 'solar.leads', '[]', '{}', 'receipt-1', 'event-1'),
        ('receipt-2', 'translate', 'enerflo', 'dead', 'no route', '2026-01-31T09:00:00Z', 'solar.inbox', '[]',
          '{}', null, null),
        ('receipt-3', 'translate', 'flip', 'dead', 'State: text expected', '2026-01-31T09:00:00Z',
          'solar.inbox', '[]', '{}', null, null),
        ('receipt-4', 'translate', 'flip', 'dead', 'the ledger cannot store it', '2026-01-31T10:00:00Z', null,
          null, null, null, null),
        ('receipt-5', 'translate', 'flip', 'skipped', 'not used', '2026-01-31T10:00:00Z', null, null, null,
          null, null)
      """;

  // a message that is sent again is dead again before the next batch
  private static final String FAILS_AGAIN =
      """
      create function fails_again() returns trigger language plpgsql as $$
        begin update set_aside set state = 'dead' where id = new.id; return null; end $$;
      create constraint trigger fails_again after update on set_aside initially deferred
        for each row when (new.state = 'resent') execute function fails_again();
      insert into set_aside (id, stage, state, reason, at, topic, headers, value)
        select 'message-' || n, 'translate', 'dead', 'no route', now(), 'solar.inbox', '[]', '{}'
        from generate_series(1, 120) n;
      """;

  @Test
  void deadMessagesAreListedNewestFirst() throws Exception {
    try (AgroalDataSource database = database(SEVERAL)) {
      DeadLetterReplay messages = messages(database);

      List<DeadLetterReplay.DeadMessage> all = messages.find(DeadLetterReplay.Filter.all(), 10);

      assertThat(all)
          .extracting(DeadLetterReplay.DeadMessage::id)
          .containsExactly("receipt-4", "receipt-3", "receipt-2", "solar.leads-0-1");
      assertThat(all.get(0).replayable()).isFalse();
      assertThat(all.get(3))
          .isEqualTo(
              new DeadLetterReplay.DeadMessage(
                  "solar.leads-0-1",
                  MessageState.DEAD,
                  "fan-out",
                  "solar.leads",
                  "lead.submitted: State is 100%_ wrong",
                  "solar.leads",
                  "receipt-1",
                  "event-1",
                  all.get(3).at(),
                  true));
      assertThat(all.get(3).at()).isEqualTo("2026-01-31T08:00:00Z");
    }
  }

  @Test
  void deadMessagesAreSelectedByStageReasonAndTime() throws Exception {
    try (AgroalDataSource database = database(SEVERAL)) {
      DeadLetterReplay messages = messages(database);
      DeadLetterReplay.Filter all = DeadLetterReplay.Filter.all();

      assertThat(ids(messages, TRANSLATE)).containsExactly("receipt-4", "receipt-3", "receipt-2");
      assertThat(ids(messages, all.source("flip"))).containsExactly("receipt-4", "receipt-3");
      assertThat(ids(messages, all.reason("sTATE")))
          .containsExactly("receipt-3", "solar.leads-0-1");
      assertThat(ids(messages, all.reason("100%_ w"))).containsExactly("solar.leads-0-1");
      assertThat(ids(messages, all.reason("s%"))).isEmpty();
      assertThat(ids(messages, all.since(NINE).until(NINE.plusHours(1))))
          .containsExactly("receipt-3", "receipt-2");
      assertThat(ids(messages, all.after(NINE, "receipt-3")))
          .containsExactly("receipt-2", "solar.leads-0-1");
      for (String name : List.of("solar.leads-0-1", "receipt-1", "event-1")) {
        assertThat(ids(messages, DeadLetterReplay.Filter.of(name)))
            .containsExactly("solar.leads-0-1");
      }
    }
  }

  @Test
  void onlyTheSelectedMessagesAreSentAgain() throws Exception {
    try (AgroalDataSource database = database(SEVERAL)) {
      DeadLetterReplay messages = messages(database);

      assertThat(messages.count(DeadLetterReplay.Filter.all())).isEqualTo(3);
      assertThat(messages.resend(DeadLetterReplay.Filter.all().reason("state"), 1000, "ada"))
          .hasSize(2);
      assertThat(ids(messages, DeadLetterReplay.Filter.all()))
          .containsExactly("receipt-4", "receipt-2");
    }
  }

  @Test
  void aMessageThatFailsAgainAtOnceIsSentOnceByEachReplay() throws Exception {
    try (AgroalDataSource database = database(FAILS_AGAIN)) {
      DeadLetterReplay messages = messages(database);

      assertThat(messages.resend(TRANSLATE, 1000, "ada")).hasSize(120).doesNotHaveDuplicates();
      assertThat(messages.count(TRANSLATE)).isEqualTo(120);
    }
  }

  @Test
  void aReplayInSeveralBatchesIsOneActivity() throws Exception {
    try (AgroalDataSource database = database(FAILS_AGAIN)) {
      messages(database).resend(TRANSLATE, 1000, "ada");
      messages(database).resend(DeadLetterReplay.Filter.of("message-7"), 1000, "omar");
      messages(database).resend(DeadLetterReplay.Filter.of("no-message"), 1000, "omar");

      assertThat(
              new ActivityQueries(database)
                  .find(
                      new ActivityFilter(
                          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                      Long.MAX_VALUE,
                      10))
          .extracting(
              entry ->
                  "%s %s %s %d"
                      .formatted(
                          entry.who(), entry.kind(), entry.subject().get(), entry.count().get()))
          .containsExactly("omar message message-7 1", "ada messages stage=translate 120");
    }
  }

  private static AgroalDataSource database(String sql) throws Exception {
    AgroalDataSource database = QueueDatabase.create();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return database;
  }

  private static DeadLetterReplay messages(AgroalDataSource database) {
    JsonMemory memory = new JsonMemory(RelaySettings.of(Map.of()));
    return new DeadLetterReplay(database, new AcceptingLog(), memory);
  }

  private static List<String> ids(DeadLetterReplay messages, DeadLetterReplay.Filter filter)
      throws SQLException {
    return messages.find(filter, 10).stream().map(DeadLetterReplay.DeadMessage::id).toList();
  }
}
