package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.topic.client.AcceptingLog;

class DeadMessagesTest {

  private static final DeadMessages.Filter TRANSLATE =
      new DeadMessages.Filter(null, "translate", null, null);

  // whatever is sent again is dead again before the sender looks for more
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
  void aMessageThatFailsAgainAtOnceIsSentOnceByEachReplay() throws Exception {
    try (AgroalDataSource database = QueueDatabase.create()) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(FAILS_AGAIN);
      }
      JsonMemory memory = new JsonMemory(RelaySettings.of(Map.of()));
      DeadMessages messages = new DeadMessages(database, new AcceptingLog(), memory);

      assertThat(messages.resend(TRANSLATE, 1000, "ada")).hasSize(120).doesNotHaveDuplicates();
      assertThat(messages.count(TRANSLATE)).isEqualTo(120);
    }
  }
}
