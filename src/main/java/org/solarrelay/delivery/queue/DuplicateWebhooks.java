package org.solarrelay.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.solarrelay.database.Sql;
import org.solarrelay.event.Event;

/** Writes, under the receipt of a duplicate webhook, which event it is a duplicate of. */
final class DuplicateWebhooks {

  private static final Sql INSERT =
      Sql.of(
          """
          insert into set_aside (id, stage, source, state, reason, at)
          select :receipt, 'fan-out', e.source, 'skipped',
            'duplicate of event ' || e.id || ', which has its own receipt', :at
          from event e
          where e.source = :source and e.id = :event and e.receipt is distinct from :receipt
          on conflict (id) do update
          set state = excluded.state, reason = excluded.reason, recorded_at = now()
          where set_aside.state = 'resent'
          """);

  /**
   * A webhook that may be a duplicate.
   *
   * @param original the id of the event that stands for both
   */
  private record Candidate(String original, Event event) {}

  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * Adds a webhook. Where the event in the database has the same receipt, the webhook is no
   * duplicate, and nothing is written.
   *
   * @param original the id of the event that stands for both
   */
  void add(String original, Event event) {
    if (event.receipt() != null) {
      candidates.add(new Candidate(original, event));
    }
  }

  /** Writes the duplicates, after the events are written. */
  void write(Connection connection) throws SQLException {
    INSERT.batch(
        connection,
        candidates,
        (row, one) ->
            row.set("receipt", one.event().receipt())
                .set("at", one.event().time())
                .set("source", one.event().source())
                .set("event", one.original()));
  }
}
