package org.solarrelay.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.delivery.queue.QueueDatabase;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.RecordService;
import org.solarrelay.identity.SearchKey;

/** A search is fast however many records and events there are, with and without statistics. */
class SearchSpeedTest {

  private static final Logger LOG = Logger.getLogger(SearchSpeedTest.class);

  /** Raise it by hand to measure more: 1,000,000 need some minutes. */
  private static final int EVENTS = Integer.getInteger("search.events", 50_000);

  private static final Duration BOUND = Duration.ofMillis(300);

  private static AgroalDataSource database;

  @BeforeAll
  static void addEvents() throws Exception {
    database = QueueDatabase.create();
    execute("insert into record (id, project) select n, false from generate_series(1, %d) n");
    execute(
        """
        insert into record_id (name, id, record, learnt_from)
        select 'crm.lead', 's' || n, n, 'event' from generate_series(1, %d) n
        """);
    execute(
        """
        insert into record_trait (trait, value, record)
        select trait, case trait when 'email' then 'a' || n || '@example.com'
          when 'phone' then (4150000000 + n)::text else 'ada n' || n %% 100 end, n
        from generate_series(1, %d) n, unnest(array['email', 'phone', 'name']) trait
        """);
    execute(
        """
        insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
          timestamp_ms, headers, value, facets)
        select 'crm', 'e' || n, 'lead.submitted', 's' || n, now(), 'solar.leads', 0, n, 0, '[]',
          '{"email":"a@example.com"}', '{lead}'
        from generate_series(1, %d) n
        """);
    execute(
        """
        insert into delivery_ledger (id, late, source, event_id, destination, record, state,
          attempts, created_at)
        select n, false, 'crm', 'e' || n, 'enerflo', 'crm:s' || n, 'delivered', 1, now()
        from generate_series(1, %d) n
        """);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "false, email, a777@example.com, 1",
    "false, name, ada n7, 20",
    "true, email, a777@example.com, 1",
    "true, phone, 4150000777, 1",
    "true, name, ada n7, 20",
    "true, name, no such name, 0",
  })
  void recordsAndTheirEventsAreFoundFast(
      boolean statistics, String trait, String value, int expected) throws SQLException {
    if (statistics) {
      execute("analyze");
    }
    find(trait, value);
    long start = System.nanoTime();
    List<FoundEvent> found = find(trait, value);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    LOG.infof("%s of %d events: %d ms", trait, EVENTS, took.toMillis());
    assertThat(found).hasSize(expected);
    assertThat(found).allSatisfy(event -> assertThat(event.deliveries()).hasSize(1));
    assertThat(took).isLessThan(BOUND);
  }

  private static List<FoundEvent> find(String trait, String value) throws SQLException {
    RecordService records = new RecordService(database, new Identity(database));
    List<Long> numbers =
        records.findByKeys(Set.of(new SearchKey(trait, value)), SearchService.MOST);
    List<RecordService.Shown> shown = records.find(numbers);
    return new EventFinder(database)
        .ofRecords(shown.stream().map(RecordService.Shown::record).toList(), 50);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(EVENTS));
    }
  }
}
