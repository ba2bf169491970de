package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventWriter;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.echo.EchoDetector;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.ops.telemetry.StageMetrics;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Creates the queue on a new database for the tests of a class. The database is empty before each
 * test, and only the test uses it.
 */
public final class QueueFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  public static final Duration LEASE = Duration.ofMinutes(1);

  public DeliveryQueue queue;
  public DeliveryQueries queries;
  DeliveryApprovals approvals;
  DeliveryCancellation cancellation;
  public JsonMemory memory;
  SupersededCheck supersededCheck;
  RecordOrder recordOrder;
  DeadLetterGroups deadLetterGroups;
  DeadGroupRepository deadGroups;
  BulkReplayRepository bulkReplays;
  SubscriptionCounts subscriptionCounts;
  LedgerTail ledgerTail;
  public DeliveryReplay replays;
  public Identity identity;
  public OperatorPauses pauses;
  private final boolean emptiedBeforeEach;
  private AgroalDataSource database;
  private ReloadableConfig live;
  private long offset;

  private QueueFixture(boolean emptiedBeforeEach) {
    this.emptiedBeforeEach = emptiedBeforeEach;
  }

  public QueueFixture() {
    this(true);
  }

  /** A fixture whose rows stay from one test to the next. */
  static QueueFixture neverEmptied() {
    return new QueueFixture(false);
  }

  @Override
  public void beforeAll(ExtensionContext tests) throws Exception {
    database = QueueDatabase.create();
    RelayConfig config = RelaySettings.of(Map.of());
    memory = new JsonMemory(config);
    identity = new Identity(database);
    live = new ReloadableConfig(config);
    supersededCheck = new SupersededCheck(live);
    queue = queueOfAnotherPod();
    queries = new DeliveryQueries(database, live);
    approvals = new DeliveryApprovals(database, queue, supersededCheck);
    cancellation = new DeliveryCancellation(database, queue);
    pauses = new OperatorPauses(database);
    recordOrder = new RecordOrder(database);
    deadLetterGroups = new DeadLetterGroups(database);
    deadGroups = new DeadGroupRepository(database);
    bulkReplays = new BulkReplayRepository(database);
    subscriptionCounts = new SubscriptionCounts(database);
    ledgerTail = new LedgerTail(database);
    replays = new DeliveryReplay(database, queue, supersededCheck);
  }

  /** Bulk replays as a pod runs them. */
  BulkReplayRunner bulkReplayRunner(RecordPublisher kafka) {
    return new BulkReplayRunner(
        database, bulkReplays, replays, new DeadLetterReplay(database, kafka, memory), queue);
  }

  /** A queue with a cache of its own. */
  DeliveryQueue queueOfAnotherPod() {
    return new DeliveryQueue(
        database,
        new DeliveryInserter(live),
        identity,
        new EchoDetector(live, identity),
        new OrderingGuard(supersededCheck),
        new EventCache(memory),
        QueueFixture::publishNone,
        new BatchSplitter(database),
        new LimitCounter(new SimpleMeterRegistry()));
  }

  /** Kafka is away, so that every outcome gets a mark. */
  private static List<Long> publishNone(List<OutcomeRecord> outcomes) {
    return outcomes.stream().map(OutcomeRecord::delivery).toList();
  }

  @Override
  public void beforeEach(ExtensionContext test) throws SQLException {
    if (emptiedBeforeEach) {
      clear();
    }
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    database.close();
  }

  public static Event lead(String id, String subject, String email) {
    return lead("crm", id, subject, email, OffsetDateTime.parse("2026-01-31T08:00:00Z"), false);
  }

  static Event lead(
      String source, String id, String subject, String email, OffsetDateTime at, boolean derived) {
    byte[] data = "{\"email\":\"%s\"}".formatted(email).getBytes(StandardCharsets.UTF_8);
    return Event.builder()
        .id(id)
        .source(source)
        .type("lead.submitted")
        .subject(subject)
        .time(at)
        .derivedId(derived)
        .data(EventJson.parseObject(data))
        .build();
  }

  public void add(Event event, String... destinations) throws SQLException {
    queue.add(List.of(routed(event, destinations)));
  }

  RoutedEvent routed(Event event, String... destinations) {
    var written = EventWriter.toRecord(event);
    return new RoutedEvent(
        event,
        record(written.topic(), written.value(), written.headers()),
        List.of(destinations),
        new DerivedEvents(event, reason -> {}));
  }

  private ConsumerRecord<byte[], byte[]> record(String topic, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset++,
        1_769_846_400_000L,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        headers,
        Optional.empty());
  }

  public RefusalRepository refusals() {
    return new RefusalRepository(database);
  }

  /** Adds leads for Enerflo, each of another record, with ids from 0. */
  public void addLeads(int count) throws SQLException {
    addLeads(0, count, "enerflo");
  }

  /** Adds leads, each of another record, with ids from {@code first}. */
  public void addLeads(int first, int count, String destination) throws SQLException {
    List<RoutedEvent> batch = new ArrayList<>();
    for (int n = first; n < first + count; n++) {
      batch.add(routed(lead("" + n, "r" + n, n + "@example.com"), destination));
    }
    queue.add(batch);
  }

  /** Adds leads as copies of the first lead's rows, for a long backlog. */
  void copyLeads(int first, int count, String destination) throws SQLException {
    addLeads(first, 1, destination);
    execute(
        """
        insert into event select copy.* from event, generate_series(%1$d + 1, %1$d + %2$d - 1) n,
          jsonb_populate_record(event, jsonb_build_object(
            'id', n::text, 'subject', 'r' || n, 'offset', n)) copy
        where event.id = '%1$d';
        insert into delivery_work (source, event_id, destination, record, match_key, late, bytes)
        select source, n::text, destination, replace(record, 'r%1$d', 'r' || n),
          replace(match_key, '%1$d@', n || '@'), late, bytes
        from delivery_work, generate_series(%1$d + 1, %1$d + %2$d - 1) n
        where event_id = '%1$d' and destination = '%3$s'
        """
            .formatted(first, count, destination));
  }

  /**
   * Finishes deliveries of the queue without an attempt.
   *
   * @param which a condition on {@code delivery_work}
   */
  public void finish(String state, String which) throws SQLException {
    execute(
        """
        with finished as (delete from delivery_work where %s returning *)
        insert into delivery_ledger (id, source, event_id, destination, record, match_key, state,
          late, created_at, attempts, first_attempt_at, last_attempt_at, status, reason)
        select id, source, event_id, destination, record, match_key, '%s', late, created_at,
          attempts, first_attempt_at, last_attempt_at, status, reason
        from finished order by id
        """
            .formatted(which, state));
  }

  public List<Delivery> take(String destination) throws SQLException {
    return take(destination, 100, LEASE);
  }

  public List<Delivery> take(String destination, int limit, Duration lease) throws SQLException {
    return queue.take(destination, limit, lease);
  }

  public void end(Delivery delivery, AttemptResult result) throws SQLException {
    queue.record(List.of(new CompletedAttempt(delivery, result)));
  }

  /** The delivery of an event to a destination. */
  public DeliveryQueries.DeliveryEntry entry(String eventId, String destination)
      throws SQLException {
    return queries.history(eventId).deliveries().stream()
        .filter(entry -> entry.destination().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  public static List<String> eventIds(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.event().id()).toList();
  }

  public List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  OutcomePublisher publisher(RecordPublisher kafka) {
    return new OutcomePublisher(
        database,
        kafka,
        new ObjectMapper(),
        new DeadLetterCounter(new SimpleMeterRegistry(), live),
        memory);
  }

  QueueDepth queueDepth() {
    return new QueueDepth(database);
  }

  /** The pauses as another pod on the same database reads them. */
  public OperatorPauses pausesOfAnotherPod() {
    return new OperatorPauses(database);
  }

  QueueDepthMetrics queueDepthMetrics() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    return new QueueDepthMetrics(queueDepth(), live, new StageMetrics(registry), registry);
  }

  DestinationRollup rollup(QueueDepthMetrics counted) {
    return new DestinationRollup(database, live, counted);
  }

  DestinationHistory history() {
    return new DestinationHistory(database);
  }

  Retention retention(String keep) {
    return new Retention(
        database,
        RelaySettings.of(Map.of("relay.ledger.retention", keep)),
        new BatchSplitter(database));
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** Has PostgreSQL raise an error for rows that meet the condition. */
  public void raiseErrorFor(String operation, String table, String condition, String state)
      throws SQLException {
    execute(
        """
        create function poison() returns trigger language plpgsql as $$
        begin
          if %s then raise exception 'poison' using errcode = '%s'; end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $$\
        """
            .formatted(condition, state));
    execute(
        "create trigger poison before %s on %s for each row execute function poison()"
            .formatted(operation, table));
  }

  public DataSource database() {
    return database;
  }

  /** A connection with auto-commit, which the caller closes. */
  public Connection connection() throws SQLException {
    return database.getConnection();
  }

  void clear() throws SQLException {
    execute(
        "truncate event, delivery_work, delivery_ledger, unannounced, failed_attempt, attempt_request,"
            + " refused_delivery, replay, set_aside, resent, record, record_id, record_trait,"
            + " paused_destination, dead_group, bulk_replay, bulk_replay_item, destination_minute,"
            + " activity, rejected_webhook");
  }
}
