package org.solarrelay.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * A rolling update from an earlier build: two of its pods at work on a database with 50,000
 * deliveries in all states, and a pod of this build that migrates the database beside them.
 */
final class Upgrade {

  private static final Logger EVERYBODY = Logger.getLogger("");
  private static final int HISTORY = 10_000;
  private static final int WAITING = 6_667;
  private static final int RECORDS = 400;
  private static final int EVENTS_OF_A_RECORD = 5;
  private static final int PER_SECOND = 40;

  /** Rows that the migration must not change. */
  private static final String SUMS =
      """
      select state, destination, count(*), sum(attempts), count(distinct event_id),
        count(vendor_id), count(reason), count(answer), min(created_at), max(finished_at)
      from delivery where event_id like 'hist-%' group by 1, 2 order by 1, 2
      """;

  private final FaultBench bench = FaultBench.SHARED;
  private final List<String> wrong = new ArrayList<>();
  private final boolean kill;
  private final Path before;

  private Upgrade(Path before, boolean kill) {
    this.before = before;
    this.kill = kill;
  }

  /**
   * Exit code 0 without violations, 1 with one.
   *
   * @param args the earlier build's folder {@code quarkus-app}, and {@code kill} where a pod of it
   *     is to be killed instead of stopped
   */
  public static void main(String... args) {
    EVERYBODY.setLevel(Level.OFF);
    try {
      boolean kill = args.length > 1 && args[1].equals("kill");
      System.exit(new Upgrade(Path.of(args[0]), kill).run() ? 0 : 1);
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private boolean run() throws Exception {
    bench.vendors.respondAfter(300);
    Relay one = bench.relay("before-one").of(before).start();
    Relay two = bench.relay("before-two").of(before).start();
    WebhookSender seed = WebhookSender.start("seed", List.of(one), 1, 1, 10);
    seed.continueAfterFault().finish();
    await().atMost(Duration.ofMinutes(1)).until(() -> finished("seed-%") == 3);
    fill();
    List<String> history = column(SUMS);
    List<Relay> endpoints = new java.util.concurrent.CopyOnWriteArrayList<>(List.of(one, two));
    WebhookSender sender =
        WebhookSender.start("roll", endpoints, RECORDS, EVENTS_OF_A_RECORD, PER_SECOND);
    await().until(() -> sender.accepted.size() >= 2 * PER_SECOND);

    log("%d deliveries; the new pod starts", count("delivery", "true"));
    Relay after = bench.relay("after-one").start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> count("pg_tables", "tablename = 'delivery_work'") == 1);
    log("migrated; %d accepted so far", sender.accepted.size());
    requireEqual("the history", history.toString(), column(SUMS).toString());
    endpoints.add(after);
    TimeUnit.SECONDS.sleep(15);
    report(one);
    log(
        "after 15 s of both builds: %d of 'wait' at crm, %d repeated at enerflo",
        bench.vendors.events("crm", "wait").size(), bench.vendors.repeated("enerflo", "wait"));
    endpoints.remove(one);
    if (kill) {
      one.kill();
    } else {
      log("the first old pod stopped within %s", one.stop());
    }
    Relay second = bench.relay("after-two").start();
    endpoints.add(second);
    endpoints.remove(two);
    log("the second old pod stopped within %s", two.stop());
    sender.continueAfterFault().finish();
    log("%s", bench.consistencyCheck(after).of(sender));
    int expected = WAITING;
    await().atMost(Duration.ofMinutes(4)).until(() -> finished("wait-%") == 3L * expected);
    for (String vendor : CountingVendors.NAMES) {
      log(
          "%s: %d of 'wait' received, %d repeated; %d of 'roll' repeated",
          vendor,
          bench.vendors.events(vendor, "wait").size(),
          bench.vendors.repeated(vendor, "wait"),
          bench.vendors.repeated(vendor, "roll"));
      requireEqual(vendor, expected, bench.vendors.events(vendor, "wait").size());
      if (!kill) {
        requireEqual(
            vendor + " repeated",
            0,
            bench.vendors.repeated(vendor, "wait") + bench.vendors.repeated(vendor, "roll"));
      }
    }
    requireEqual("the history in the end", history.toString(), column(SUMS).toString());
    await().atMost(Duration.ofMinutes(1)).until(() -> count("unannounced", "true") == 0);
    logLines("before-one", one);
    logLines("before-two", two);
    logLines("after-one", after);
    System.out.println(column("select state, count(*) from delivery group by 1 order by 1"));
    after.stop();
    second.stop();
    log("a pod of the earlier build on the new tables");
    Relay back = bench.relay("before-three").of(before).start();
    report(back);
    logLines("before-three", back);
    back.stop();
    wrong.forEach(line -> System.out.println("WRONG: " + line));
    return wrong.isEmpty();
  }

  /** What an old pod responds beside the new schema. */
  private void report(Relay old) throws Exception {
    for (String path : List.of("/q/health/live", "/q/health/ready")) {
      log("old pod, %s: %s", path, old.get(path).replaceAll("\\s+", " "));
    }
    for (String path :
        List.of(
            "deliveries?limit=1",
            "deliveries?state=held&limit=1",
            "destinations",
            "events/hist-1")) {
      try {
        JsonNode response = old.api(path);
        log("old pod, /api/%s: %.300s", path, response);
      } catch (IOException e) {
        log("old pod, /api/%s: %s", path, e.getMessage());
      }
    }
    HttpResponse<String> post =
        old.post("leads", "{\"id\":\"probe-1\",\"email\":\"probe@example.com\"}", "probe-1");
    log("old pod, intake: %d", post.statusCode());
    String dead =
        column("select id from delivery where state = 'dead' and event_id like 'hist-%' limit 1")
            .get(0);
    log("old pod, replay: %s", old.send("deliveries/" + dead + "/replay"));
  }

  private void logLines(String name, Relay relay) throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    Pattern noise = Pattern.compile("WARN|ERROR");
    relay
        .log()
        .lines()
        .filter(line -> noise.matcher(line).find())
        .map(line -> line.replaceFirst("^\\S+ \\S+ ", "").replaceAll("\\d{3,}", "N"))
        .forEach(lines::add);
    System.out.println("--- " + name + ": WARN and ERROR");
    lines.stream().limit(25).forEach(line -> System.out.printf("%.400s%n", line));
  }

  private long finished(String events) throws SQLException, IOException {
    return count(
        "delivery",
        "event_id in (select id from event where subject like '%s') and state in ('delivered', 'skipped', 'dead')"
            .formatted(events));
  }

  private void fill() throws SQLException, IOException {
    try (Connection connection = connection();
        Statement sql = connection.createStatement()) {
      for (String kind : List.of("hist", "wait")) {
        int count = kind.equals("hist") ? HISTORY : WAITING;
        sql.execute(
            """
            insert into event select copy.* from event, generate_series(1, %2$d) n,
              jsonb_populate_record(event, jsonb_build_object(
                'id', '%1$s-' || n, 'subject', '%1$s-' || n, 'offset', 1000000 + n,
                'receipt', null, 'derived_from', null,
                'recorded_at', now() - interval '20 d',
                'headers', replace(headers, '"' || encode(convert_to('seed-0', 'UTF8'), 'base64') || '"',
                  '"' || encode(convert_to('%1$s-' || n, 'UTF8'), 'base64') || '"'))) copy
            where event.subject = 'seed-0'
            """
                .formatted(kind, count));
        sql.execute(
            """
            update event set value = convert_to(
              replace(convert_from(value, 'UTF8'), 'seed-0', subject), 'UTF8')
            where subject like '%s-%%'
            """
                .formatted(kind));
      }
      sql.execute(
          """
          insert into delivery (source, event_id, destination, record, match_key, state, attempts, status,
            answer, vendor_id, reason, created_at, due_at, first_attempt_at, last_attempt_at, finished_at, late)
          select e.source, e.id, d, e.source || ':' || e.subject, e.subject || '@example.com', state, 1 + n %% 3,
            case state when 'delivered' then 200 when 'dead' then 422 end, 'answer', 'v' || n,
            case state when 'delivered' then null else 'why' end, at, at, at, at, at, n %% 7 = 0
          from event e, unnest(array['enerflo', 'solarproof', 'crm']) d,
            lateral (select substr(e.subject, 6)::int as n) s,
            lateral (select now() - n * interval '4 min' as at,
              case n %% 10 when 0 then 'dead' when 1 then 'skipped' else 'delivered' end as state) t
          where e.subject like 'hist-%%'
          """
              .formatted());
      sql.execute(
          "insert into failed_attempt select id, 1, finished_at, 422, 'why', 'answer' from delivery where state = 'dead' and event_id like 'hist-%'");
      sql.execute(
          "insert into replay select id, finished_at, 'ada' from delivery where state = 'dead' and event_id like 'hist-%' and id % 2 = 0");
      sql.execute(
          "insert into unannounced select id from delivery where event_id like 'hist-%' and id % 20 = 0 on conflict do nothing");
      // one after the other, so that calls are in flight at any time; the first with leases of
      // pods that died
      sql.execute(
          """
          insert into delivery (source, event_id, destination, record, match_key, state, attempts, due_at,
            created_at, first_attempt_at, last_attempt_at, budget_from)
          select e.source, e.id, d, e.source || ':' || e.subject, e.subject || '@example.com',
            case when n <= 300 then 'running' else 'pending' end, case when n <= 300 then 1 else 0 end,
            now() + case when n <= 150 then interval '20 s' when n <= 300 then interval '50 s'
              else n * interval '15 ms' end,
            now(), case when n <= 300 then now() end, case when n <= 300 then now() end, case when n <= 300 then now() end
          from event e, unnest(array['enerflo', 'solarproof', 'crm']) d,
            lateral (select substr(e.subject, 6)::int as n) s
          where e.subject like 'wait-%'
          """);
    }
  }

  private long count(String table, String condition) throws SQLException, IOException {
    return Long.parseLong(column("select count(*) from " + table + " where " + condition).get(0));
  }

  private List<String> column(String query) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int n = 1; n <= columns; n++) {
          values.add(row.getString(n));
        }
        rows.add(String.join(" ", values.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  private Connection connection() throws SQLException, IOException {
    return DriverManager.getConnection(
        bench.database.jdbcUrl(), bench.database.user(), bench.database.password());
  }

  private void requireEqual(String what, Object one, Object other) {
    if (!one.equals(other)) {
      wrong.add("%s: %s and %s".formatted(what, one, other));
    }
  }

  private static void log(String text, Object... values) {
    System.out.printf("%tT %s%n", System.currentTimeMillis(), text.formatted(values));
  }
}
