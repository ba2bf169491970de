import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A month of work in the tables of a relay, as pages of the console read it. */
final class ConsoleData {

  static final int EVENTS = 1_000_000;
  static final int ATTEMPTS = 10_000;

  /** A record, of which every fourth event is one. */
  static final String RECORD = "R123456";

  static final String EMAIL = "r123456@example.com";

  /** An event with two deliveries. */
  static final String EVENT = "event-493824";

  /** An event whose delivery has {@link #ATTEMPTS} failed attempts. */
  static final String RETRIED_EVENT = "event-999990";

  private static final int DEAD = 5000;
  private static final int DEAD_MESSAGES = 500;
  private static final int GROUPS = 40;

  private static final List<String> FILL =
      List.of(
          "select create_delivery_ledger_weeks(now() - interval '35 d', 12)",
          """
          insert into event (source, id, type, subject, happened_at, receipt, topic, partition,
            "offset", timestamp_ms, key, headers, value, facets, recorded_at)
          select 'crm', 'event-' || n,
            (array['lead.submitted', 'lead.changed', 'lead.status-changed', 'lead.qualified'])[1 + n %% 4],
            'R' || n / 4, at, gen_random_uuid()::text, 'solar.leads', n %% 12, n,
            extract(epoch from at) * 1000, convert_to('crm:R' || n / 4, 'UTF8'), '[]',
            convert_to(format(
              '{"firstName":"Ada","lastName":"Lovelace%%s","email":"r%%s@example.com","phone":"+1 415 555 %%s",'
              '"kind":"residential","address":{"street":"%%s Main St","city":"Provo","state":"UT","zip":"84601"},'
              '"note":"%%s"}',
              n / 4, n / 4, lpad((n / 4 %% 10000)::text, 4, '0'), n / 4, repeat('x', 200)), 'UTF8'),
            '{lead}', at
          from generate_series(1, %1$d) n,
            lateral (select now() - (%1$d - n) * interval '2.5 s' as at) as recorded
          """
              .formatted(EVENTS),
          """
          insert into delivery_ledger (id, source, event_id, destination, record, match_key, state, attempts,
            status, vendor_id, late, created_at, first_attempt_at, last_attempt_at, finished_at)
          select nextval('delivery_number'), 'crm', e.id, d.destination, 'crm:' || e.subject,
            case when d.destination = 'enerflo' then 'r' || substr(e.subject, 2) || '@example.com' end,
            'delivered', 1, 200, substr(e.subject, 2), false, e.recorded_at, e.recorded_at, e.recorded_at,
            e.recorded_at + interval '1 s'
          from event e, (values ('enerflo'), ('crm')) as d (destination)
          order by e."offset", d.destination
          """,
          """
          insert into record (project, customer) select false, null from generate_series(0, %d / 4)
          """
              .formatted(EVENTS),
          """
          insert into record_id (name, id, record, learnt_from)
          select 'crm.lead', 'R' || n, n + 1, 'event event-' || n * 4 || ' of crm' from generate_series(0, %1$d / 4) n
          union all
          select 'enerflo.customer', '1' || n, n + 1, 'Enerflo''s response' from generate_series(0, %1$d / 4) n
          """
              .formatted(EVENTS),
          """
          insert into record_trait (trait, value, record)
          select 'email', 'r' || n || '@example.com', n + 1 from generate_series(0, %1$d / 4) n
          union all select 'phone', '415555' || lpad((n %% 10000)::text, 4, '0'), n + 1 from generate_series(0, %1$d / 4) n
          union all select 'name', 'lovelace' || n, n + 1 from generate_series(0, %1$d / 4) n
          union all select 'address', n || ' main st|84601', n + 1 from generate_series(0, %1$d / 4) n
          """
              .formatted(EVENTS),
          """
          update delivery_ledger set state = 'dead', status = 422, attempts = 3,
            reason = format('rule %%s refuses record %%s', chr(97 + (id / 10 %% %d / 26)::int) || chr(97 + (id / 10 %% %d %% 26)::int), id),
            answer = '{"errors":[{"field":"state","message":"' || repeat('is not valid ', 20) || '"}]}'
          where id > 1900000 and id %% 10 = 0 and id <= 1900000 + %d * 10
          """
              .formatted(GROUPS, GROUPS, DEAD),
          """
          insert into failed_attempt (delivery_id, attempt, at, status, reason, answer)
          select id, n, last_attempt_at, 503, 'the destination responds with 503', answer
          from delivery_ledger, generate_series(1, 3) n where state = 'dead'
          """,
          """
          with retried as (
            update delivery_ledger set state = 'dead', attempts = %1$d, reason = 'the retry budget is spent'
            where event_id = '%2$s' and destination = 'crm' returning id)
          insert into failed_attempt (delivery_id, attempt, at, status, reason, answer)
          select id, n, now() - (%1$d - n) * interval '10 s', 503, 'the destination responds with 503', repeat('busy ', 100)
          from retried, generate_series(1, %1$d) n
          """
              .formatted(ATTEMPTS, RETRIED_EVENT),
          """
          insert into set_aside (id, stage, source, state, reason, at, topic, headers, value, receipt)
          select 'solar.leads-0-' || n, 'fan-out', 'solar.leads', 'dead', 'email is no text', now() - n * interval '1 min',
            'solar.leads', '[]', convert_to('{"email":1}', 'UTF8'), null
          from generate_series(1, %d) n
          """
              .formatted(DEAD_MESSAGES),
          """
          insert into destination_minute (minute, destination, delivered, failed, dead, skipped, p50_ms, p95_ms,
            latency_buckets, latency_counts, counted, late, waiting, oldest_s)
          select minute, destination, 20, 0, 0, 0, 40, 90, '{38,40,47}', '{10,8,2}', 20, 0, 0, 0
          from generate_series(date_trunc('minute', now()) - interval '30 d', now() - interval '1 min', interval '1 min')
              as minute,
            (values ('enerflo'), ('solarproof'), ('crm')) as d (destination)
          on conflict do nothing
          """);

  private ConsoleData() {}

  /** Fills the tables, which the relay has created. */
  static void fill(String databaseUrl) throws SQLException {
    try (Connection database = DriverManager.getConnection(databaseUrl);
        Statement statement = database.createStatement()) {
      statement.execute("set synchronous_commit = off");
      statement.execute("truncate record, record_id, record_trait restart identity");
      for (String sql : FILL) {
        statement.execute(sql);
      }
      statement.execute("vacuum analyze");
    }
  }
}
