package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;
import org.solarrelay.identity.echo.Echo;
import org.solarrelay.identity.echo.EchoDetector;
import org.solarrelay.ops.telemetry.LimitCounter;

/**
 * The queue of deliveries in PostgreSQL. Fan-out adds deliveries; a destination's worker takes them
 * and records their results. Every method is one transaction and throws {@link SQLException} where
 * the database cannot be used; nothing has changed then.
 */
@Singleton
public class DeliveryQueue {

  private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

  // "id = the first" and not "no earlier one exists": for the latter PostgreSQL plans a join that,
  // while its statistics are young, compares every waiting delivery with every other. The state is
  // an expression where the indexes delivery_due and delivery_match serve, which have the same
  // expression: delivery_order would serve as well, and PostgreSQL may read all of it where its
  // statistics say that few deliveries wait.
  private static final String ALL_DUE =
      """
        select id, source, event_id, due_at from delivery d
        where destination = :destination and state || '' in ('pending', 'running')
          and due_at <= now() and due_at > '-infinity'
          and id = (
            select first.id from delivery first
            where first.destination = d.destination and first.record = d.record
              and first.state in ('pending', 'running')
            order by first.id limit 1)
          and (match_key is null or id = (
            select first.id from delivery first
            where first.destination = d.destination and first.match_key = d.match_key
              and first.state || '' in ('pending', 'running')
            order by first.id limit 1))
          %s
          and (:anySize or (
            select octet_length(e.value) + octet_length(e.headers) from event e
            where e.source = d.source and e.id = d.event_id) <= :large)
        order by due_at, id
        limit :limit
      """;

  private static final String DUE = ALL_DUE.formatted("");

  private static final String DUE_UNREFUSED =
      ALL_DUE.formatted("and id not in (select delivery_id from refused_delivery)");

  private static final String STILL_DUE =
      """
        select id, source, event_id, due_at from delivery
        where id = any (:deliveries) and state || '' in ('pending', 'running')
          and due_at <= now()
      """;

  private static final String TAKE =
      """
      with due as (
      %s
        for update skip locked),
      sized as (
        select d.id, d.due_at, octet_length(e.value) + octet_length(e.headers) as size
        from due d join event e on e.source = d.source and e.id = d.event_id),
      fitting as (
        select id from (
          select id, sum(size) over (order by due_at, id rows unbounded preceding) as total
          from sized where size <= :large) as light
        where total <= :bytes
        union all
        (select id from sized where size > :large order by due_at, id limit :largeLimit))
      update delivery d
      set state = 'running', attempts = attempts + 1,
          due_at = now() + :lease * interval '1 ms',
          first_attempt_at = coalesce(first_attempt_at, now()), last_attempt_at = now(),
          budget_from = coalesce(budget_from, now())
      from fitting, event e
      where d.id = fitting.id and e.source = d.source and e.id = d.event_id
      returning d.id, d.destination, d.attempts, d.approved_at is not null as approved, d.late,
        d.reason is not null as failed, d.match_key is not null as matched,
        extract(epoch from now() - d.budget_from) * 1000 as age,
        e.id as event_id, e.source, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
        e.headers, e.value, (select count(*) from due) as found
      """;

  static final Sql TAKE_DUE = Sql.of(TAKE.formatted(DUE));
  private static final Sql TAKE_UNREFUSED = Sql.of(TAKE.formatted(DUE_UNREFUSED));
  private static final Sql TAKE_THESE = Sql.of(TAKE.formatted(STILL_DUE));
  private static final Sql READ_DUE = Sql.of(DUE);

  // the state as an expression, as in AttemptRepository.RECORD
  static final Sql EXTEND =
      Sql.of(
          """
          update delivery set due_at = now() + :lease * interval '1 ms'
          where id = any (:deliveries) and state || '' = 'running'
          """);

  private static final Sql RENEW_BUDGETS =
      Sql.of(
          """
          update delivery set budget_from = null
          where destination = :destination and state || '' = 'pending' and due_at > '-infinity'
            and budget_from is not null
          """);

  private final DataSource database;
  private final DeliveryInserter inserter;
  private final Identity identity;
  private final EchoDetector echoes;
  private final OrderingGuard ordering;
  private final BatchSplitter splitter;
  private final LimitCounter limits;
  private volatile Runnable onAdded = () -> {};

  DeliveryQueue(
      DataSource database,
      DeliveryInserter inserter,
      Identity identity,
      EchoDetector echoes,
      OrderingGuard ordering,
      BatchSplitter splitter,
      LimitCounter limits) {
    this.database = database;
    this.inserter = inserter;
    this.identity = identity;
    this.echoes = echoes;
    this.ordering = ordering;
    this.splitter = splitter;
    this.limits = limits;
  }

  /**
   * Writes events and one delivery per destination, and links the identities of their records. Rows
   * in the database stay as they are.
   *
   * @return the events that the database cannot store, each with the reason
   */
  public List<Rejected<RoutedEvent>> add(List<RoutedEvent> events) throws SQLException {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Rejected<RoutedEvent>> rejected = splitter.store(events, this::addAll);
    onAdded.run();
    return rejected;
  }

  private void addAll(List<RoutedEvent> routed) throws SQLException {
    Map<Event, Echo> found = echoes(routed.stream().map(RoutedEvent::event).toList());
    identity.linkWithoutFlush(routed.stream().map(one -> link(one.event(), found)).toList());
    Transaction.run(database, connection -> inserter.write(connection, routed, found));
  }

  private Map<Event, Echo> echoes(List<Event> events) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return echoes.find(connection, events);
    }
  }

  private static IdentityLink link(Event event, Map<Event, Echo> echoes) {
    Echo echo = echoes.get(event);
    return echo == null || echo.link() == null ? IdentityLink.of(event) : echo.link();
  }

  /** Sets what runs whenever this pod has added deliveries, so that workers take them at once. */
  public void onAdded(Runnable listener) {
    onAdded = listener;
  }

  /** Wakes the workers where deliveries become due without being added. */
  public void wakeWorkers() {
    onAdded.run();
  }

  /**
   * Writes messages that became no event. Rows in the database stay as they are. A message that the
   * database cannot store is written without its text.
   */
  public void addDiscarded(List<DiscardedMessage> messages) throws SQLException {
    List<DiscardedMessage> bare = new ArrayList<>();
    splitter
        .store(messages, this::writeDiscarded)
        .forEach(one -> bare.add(one.item().withoutOriginal(one.reason())));
    splitter
        .store(bare, this::writeDiscarded)
        .forEach(one -> LOG.warnf("Message %s has no history: %s", one.item().id(), one.reason()));
  }

  private void writeDiscarded(List<DiscardedMessage> messages) throws SQLException {
    Transaction.run(database, connection -> DiscardedMessageRepository.write(connection, messages));
  }

  /** As {@link #take(String, int, TakeLimit, Duration)}, of any size. */
  List<Delivery> take(String destination, int limit, Duration lease) throws SQLException {
    return take(destination, limit, TakeLimit.NONE, lease);
  }

  /**
   * Takes up to {@code limit} due deliveries, each the first unfinished one of its record at that
   * destination. A running delivery whose lease has ended is due. A delivery that cannot be taken
   * because of its data becomes dead.
   */
  public List<Delivery> take(String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    try {
      return take(TAKE_DUE, parameters -> bindTake(parameters, destination, limit, size, lease));
    } catch (SQLException | RuntimeException e) {
      if (!splitter.isDataError(e)) {
        throw e;
      }
      LOG.debugf(e, "Deliveries to %s are taken one by one", destination);
      return takeOneByOne(destination, limit, size, lease);
    }
  }

  /**
   * As {@link #take(String, int, TakeLimit, Duration)}, without deliveries that the destination
   * refused as it refuses a wrong key. Takes none where the data of one prevents it; the other
   * method ends that one.
   */
  public List<Delivery> takeUnrefused(String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    try {
      return take(
          TAKE_UNREFUSED, parameters -> bindTake(parameters, destination, limit, size, lease));
    } catch (SQLException | RuntimeException e) {
      if (!splitter.isDataError(e)) {
        throw e;
      }
      return List.of();
    }
  }

  /** Binds all parameters of {@link #TAKE_DUE}. */
  static void bindTake(
      SqlParameters parameters, String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    bindDue(parameters, destination, limit, size);
    bindSizeAndLease(parameters, size, lease);
  }

  private static void bindDue(
      SqlParameters parameters, String destination, int limit, TakeLimit size) throws SQLException {
    parameters
        .set("destination", destination)
        .set("anySize", size.takesLarge() || size.equals(TakeLimit.NONE))
        .set("large", size.large())
        .set("limit", limit);
  }

  private static void bindSizeAndLease(SqlParameters parameters, TakeLimit size, Duration lease)
      throws SQLException {
    parameters
        .set("large", size.large())
        .set("bytes", size.bytes())
        .set("largeLimit", size.takesLarge() ? 1 : 0)
        .set("lease", lease.toMillis());
  }

  /** Takes all but the deliveries whose data prevents it; those become dead. */
  private List<Delivery> takeOneByOne(String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    List<Delivery> taken = new ArrayList<>();
    List<Rejected<Long>> rejected =
        splitter.store(
            due(destination, limit, size),
            ids ->
                taken.addAll(
                    take(
                        TAKE_THESE,
                        parameters -> {
                          parameters.bigints("deliveries", ids);
                          bindSizeAndLease(parameters, size, lease);
                        })));
    for (Rejected<Long> one : rejected) {
      Transaction.run(
          database,
          connection -> AttemptRepository.endAsDead(connection, one.item(), one.reason()));
    }
    return taken;
  }

  private List<Long> due(String destination, int limit, TakeLimit size) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return READ_DUE.list(
          connection,
          parameters -> bindDue(parameters, destination, limit, size),
          row -> row.getLong("id"));
    }
  }

  private List<Delivery> take(Sql sql, Sql.Binding binding) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          TakenRows taken = new TakenRows();
          Transaction.readInIndexOrder(connection);
          sql.forEach(connection, binding, taken::read);
          List<Delivery> deliveries = taken.first;
          deliveries.addAll(ordering.select(connection, taken.late, taken.matched, taken.ended));
          AttemptRepository.write(connection, taken.ended);
          if (taken.leftOut()) {
            limits.count(LimitCounter.DELIVERIES);
          }
          return addKnownIds(connection, deliveries);
        });
  }

  private static final class TakenRows {
    private final List<Delivery> first = new ArrayList<>();
    private final List<Delivery> late = new ArrayList<>();
    private final List<Delivery> matched = new ArrayList<>();
    private final List<CompletedAttempt> ended = new ArrayList<>();
    private int rows;
    private int found;

    /** Whether due deliveries stay in the queue because they are too large together. */
    boolean leftOut() {
      return rows > 0 && found > rows;
    }

    void read(ResultSet row) throws SQLException {
      rows++;
      found = row.getInt("found");
      try {
        ConsumerRecord<byte[], byte[]> original = EventRowMapper.original(row);
        Event event = EventRowMapper.read(row, original);
        Delivery delivery = delivery(row, DeliveryOrigin.of(original), event);
        boolean hasMatchKey = row.getBoolean("matched");
        (row.getBoolean("late") ? late : hasMatchKey ? matched : first).add(delivery);
      } catch (InvalidMessageException e) {
        endAsDead(row, "the event can no longer be read: " + e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        LOG.debugf(e, "Event %s cannot be read", row.getString("event_id"));
        endAsDead(row, "the ledger's copy of the event cannot be read");
      }
    }

    private void endAsDead(ResultSet row, String reason) throws SQLException {
      Delivery delivery = delivery(row, DeliveryOrigin.now(), null);
      ended.add(new CompletedAttempt(delivery, AttemptResult.dead(reason)));
    }
  }

  /** Adds the ids under which other systems know the records, which routes read. */
  private List<Delivery> addKnownIds(Connection connection, List<Delivery> taken)
      throws SQLException {
    if (taken.isEmpty()) {
      return taken;
    }
    List<Event> events =
        identity.addKnownIds(connection, taken.stream().map(Delivery::event).toList());
    return IntStream.range(0, taken.size())
        .mapToObj(i -> taken.get(i).with(events.get(i)))
        .toList();
  }

  private static Delivery delivery(ResultSet row, DeliveryOrigin origin, Event event)
      throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("destination"),
        row.getInt("attempts"),
        Duration.ofMillis(row.getLong("age")),
        row.getBoolean("approved"),
        row.getBoolean("late") || row.getBoolean("failed"),
        origin,
        event,
        size(row));
  }

  private static int size(ResultSet row) throws SQLException {
    byte[] value = row.getBytes("value");
    return value.length + row.getString("headers").length();
  }

  /**
   * Records completed attempts; ignores a delivery whose lease another pod has taken since. An
   * attempt whose result the database cannot store ends its delivery as dead.
   *
   * @return the attempts as they are recorded
   */
  public List<CompletedAttempt> record(List<CompletedAttempt> attempts) throws SQLException {
    Map<CompletedAttempt, CompletedAttempt> dead = new IdentityHashMap<>();
    for (Rejected<CompletedAttempt> one : splitter.store(attempts, this::recordAll)) {
      dead.put(one.item(), one.item().dead(one.reason()));
    }
    List<Rejected<CompletedAttempt>> bare =
        splitter.store(
            List.copyOf(dead.values()),
            some ->
                Transaction.run(database, connection -> AttemptRepository.write(connection, some)));
    for (Rejected<CompletedAttempt> one : bare) {
      Transaction.run(
          database,
          connection ->
              AttemptRepository.endAsDead(connection, one.item().delivery().id(), one.reason()));
    }
    return attempts.stream().map(attempt -> dead.getOrDefault(attempt, attempt)).toList();
  }

  private void recordAll(List<CompletedAttempt> attempts) throws SQLException {
    // before the delivery ends: after a crash in between, the next attempt finds the ids again
    identity.linkWithoutFlush(
        attempts.stream()
            .filter(attempt -> !attempt.result().learnedIds().isEmpty())
            .map(
                attempt ->
                    IdentityLink.of(attempt.delivery().event(), attempt.result().learnedIds()))
            .toList());
    Transaction.run(database, connection -> AttemptRepository.write(connection, attempts));
  }

  /** Extends the leases of deliveries that are in flight. */
  public void extend(List<Delivery> leased, Duration lease) throws SQLException {
    // a delivery that cannot be extended is taken by another pod once its lease ends
    splitter.store(leased, some -> extendAll(some, lease));
  }

  private void extendAll(List<Delivery> leased, Duration lease) throws SQLException {
    List<Long> ids = leased.stream().map(Delivery::id).toList();
    try (Connection connection = database.getConnection()) {
      EXTEND.update(
          connection,
          parameters -> parameters.set("lease", lease.toMillis()).bigints("deliveries", ids));
    }
  }

  /** Begins the retry budgets of pending deliveries anew, because the destination was away. */
  public void renewBudgets(String destination) throws SQLException {
    try (Connection connection = database.getConnection()) {
      renewBudgets(connection, destination);
    }
  }

  /** As {@link #renewBudgets(String)}, as part of a transaction. */
  static void renewBudgets(Connection connection, String destination) throws SQLException {
    RENEW_BUDGETS.update(connection, parameters -> parameters.set("destination", destination));
  }

  /** Returns deliveries to the queue that were taken but not attempted. */
  public void release(List<Delivery> unstarted) throws SQLException {
    // a delivery that cannot be returned is due again once its lease ends
    splitter.store(
        unstarted,
        some ->
            Transaction.run(
                database,
                connection -> AttemptRepository.returnToQueue(connection, some, Duration.ZERO)));
  }
}
