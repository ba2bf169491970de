package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.solarrelay.database.BatchSplitter;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;
import org.solarrelay.delivery.queue.DeliveryLedger.Unfinished;
import org.solarrelay.event.Event;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;
import org.solarrelay.identity.echo.Echo;
import org.solarrelay.identity.echo.EchoDetector;
import org.solarrelay.ops.telemetry.LimitCounter;

/**
 * The queue of deliveries in PostgreSQL. Fan-out adds deliveries; a destination's worker takes them
 * and records their results. Every method throws {@link SQLException} where the database cannot be
 * used.
 */
@Singleton
public class DeliveryQueue {

  private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

  // The index of what is due has "destination || ''" instead of the column. With the column it
  // would also fit the search of the first of a record, and PostgreSQL might read all that is
  // due for it.
  private static final String DUE_OF_KIND =
      """
        select id, bytes, late, due_at from delivery_work d
        where destination || '' = :destination and not held and %s and due_at <= now()
          and (leased_until is null or leased_until <= now())
          and id = %s
          and (match_key is null or id = %s)
          %s
          and (:anySize or bytes <= :large)
        order by due_at, id + 0
        limit :limit
        for update skip locked
      """;

  // New deliveries come before those that a replay returned, so that a long replay delays none.
  private static final String ALL_DUE =
      """
        select * from (%s) as first
        union all
        select * from (%s) as returned
        limit :limit
      """;

  private static final String DUE = due("");

  private static final String DUE_UNREFUSED =
      due("and id not in (select delivery_id from refused_delivery)");

  private static final String STILL_DUE =
      """
        select id, bytes, late, due_at from delivery_work
        where id = any (:deliveries) and held is not true and due_at <= now()
          and (leased_until is null or leased_until <= now())
        for update skip locked
      """;

  private static final String TAKE =
      """
      with due as (
      %s),
      fitting as (
        select id from (
          select id, sum(bytes) over (
            order by late, due_at, id rows unbounded preceding) as total
          from due where bytes <= :large) as light
        where total <= :bytes
        union all
        (select id from due where bytes > :large order by late, due_at, id limit :largeLimit))
      update delivery_work d
      set attempts = attempts + 1, leased_until = now() + :lease * interval '1 ms',
          first_attempt_at = coalesce(first_attempt_at, now()), last_attempt_at = now(),
          budget_from = coalesce(budget_from, now())
      where d.id = any (array(select id from fitting))
      returning d.id, d.source, d.event_id, d.destination, d.attempts, d.late, d.bytes, d.created_at,
        d.approved_at is not null as approved, d.reason is not null as failed,
        d.match_key is not null as matched,
        extract(epoch from now() - d.budget_from) * 1000 as age,
        (select count(*) from due) as found
      """;

  static final Sql TAKE_DUE = Sql.of(TAKE.formatted(DUE));
  private static final Sql TAKE_UNREFUSED = Sql.of(TAKE.formatted(DUE_UNREFUSED));
  private static final Sql TAKE_THESE = Sql.of(TAKE.formatted(STILL_DUE));
  private static final Sql READ_DUE = Sql.of(DUE);

  static final Sql EXTEND =
      Sql.of(
          """
          update delivery_work set leased_until = now() + :lease * interval '1 ms'
          where id = any (:deliveries) and leased_until is not null
          """);

  private static final Sql RENEW_BUDGETS =
      Sql.of(
          """
          update delivery_work set budget_from = null
          where destination || '' = :destination and not held and leased_until is null
            and budget_from is not null
          """);

  private static String due(String condition) {
    return ALL_DUE.formatted(dueOfKind("not late", condition), dueOfKind("late", condition));
  }

  private static String dueOfKind(String kind, String condition) {
    return DUE_OF_KIND.formatted(
        kind, RecordOrder.FIRST_OF_RECORD, RecordOrder.FIRST_OF_MATCH_KEY, condition);
  }

  private final DataSource database;
  private final DeliveryInserter inserter;
  private final Identity identity;
  private final EchoDetector echoes;
  private final OrderingGuard ordering;
  private final EventCache events;
  private final OutcomeSink outcomes;
  private final BatchSplitter splitter;
  private final LimitCounter limits;
  private volatile Consumer<Predicate<String>> onDue = destinations -> {};

  DeliveryQueue(
      DataSource database,
      DeliveryInserter inserter,
      Identity identity,
      EchoDetector echoes,
      OrderingGuard ordering,
      EventCache events,
      OutcomeSink outcomes,
      BatchSplitter splitter,
      LimitCounter limits) {
    this.database = database;
    this.inserter = inserter;
    this.identity = identity;
    this.echoes = echoes;
    this.ordering = ordering;
    this.events = events;
    this.outcomes = outcomes;
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
    onDue.accept(
        events.stream().flatMap(event -> event.destinations().stream()).collect(Collectors.toSet())
            ::contains);
    return rejected;
  }

  private void addAll(List<RoutedEvent> routed) throws SQLException {
    Map<Event, Echo> found = echoes(routed.stream().map(RoutedEvent::event).toList());
    identity.linkWithoutFlush(routed.stream().map(one -> link(one.event(), found)).toList());
    Transaction.call(database, connection -> inserter.write(connection, routed, found))
        .forEach(events::add);
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

  /**
   * Sets what runs whenever deliveries are due at once, so that workers take them.
   *
   * @param listener receives a condition on the names of destinations
   */
  public void onDue(Consumer<Predicate<String>> listener) {
    onDue = listener;
  }

  /**
   * Wakes the workers for deliveries that are due although none was added, such as replayed ones.
   */
  public void wakeWorkers() {
    onDue.accept(destination -> true);
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
   * refused like a wrong key. Takes none where the data of one delivery prevents it; the other
   * method ends such a delivery as dead.
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

  /** Takes all but the deliveries whose data prevents it, and ends those as dead. */
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
      Transaction.run(database, connection -> endAsDead(connection, one.item(), one.reason()));
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
          Transaction.readInIndexOrder(connection);
          List<TakenRow> rows = sql.list(connection, binding, TakenRow::of);
          TakenDeliveries taken = new TakenDeliveries();
          taken.read(
              rows,
              events.read(
                  connection,
                  rows.stream()
                      .collect(
                          Collectors.toMap(
                              TakenRow::event,
                              TakenRow::createdAt,
                              BinaryOperator.maxBy(Comparator.naturalOrder())))));
          List<Delivery> deliveries = taken.first;
          deliveries.addAll(ordering.select(connection, taken.late, taken.matched, taken.ended));
          finish(connection, taken.ended);
          if (taken.leftOut()) {
            limits.count(LimitCounter.DELIVERIES);
          }
          return addKnownIds(connection, deliveries);
        });
  }

  /** Ends deliveries whose outcomes are published later. */
  private static void finish(Connection connection, List<CompletedAttempt> ended)
      throws SQLException {
    List<AttemptRepository.Finished> finished = AttemptRepository.write(connection, ended);
    DeliveryLedger.markUnpublished(
        connection, finished.stream().map(AttemptRepository.Finished::id).toList());
  }

  /**
   * A row that a take has leased.
   *
   * @param found how many due deliveries the take has found, with those that it left out
   */
  private record TakenRow(
      long id,
      EventKey event,
      String destination,
      int attempt,
      boolean late,
      boolean failed,
      boolean matched,
      boolean approved,
      OffsetDateTime createdAt,
      Duration age,
      int bytes,
      int found) {

    static TakenRow of(ResultSet row) throws SQLException {
      return new TakenRow(
          row.getLong("id"),
          new EventKey(row.getString("source"), row.getString("event_id")),
          row.getString("destination"),
          row.getInt("attempts"),
          row.getBoolean("late"),
          row.getBoolean("failed"),
          row.getBoolean("matched"),
          row.getBoolean("approved"),
          row.getObject("created_at", OffsetDateTime.class),
          Duration.ofMillis(row.getLong("age")),
          row.getInt("bytes"),
          row.getInt("found"));
    }

    /** The delivery; without an event where that is unreadable. */
    Delivery delivery(StoredEvent stored) {
      return new Delivery(
          id,
          destination,
          attempt,
          age,
          approved,
          late || failed,
          stored.origin(),
          stored.event(),
          bytes);
    }
  }

  private static final class TakenDeliveries {
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

    void read(List<TakenRow> taken, Map<EventKey, StoredEvent> events) {
      for (TakenRow row : taken) {
        rows++;
        found = row.found();
        add(row, events.getOrDefault(row.event(), StoredEvent.MISSING));
      }
    }

    private void add(TakenRow row, StoredEvent stored) {
      Delivery delivery = row.delivery(stored);
      if (stored.unreadable().isPresent()) {
        AttemptResult dead = AttemptResult.dead(stored.unreadable().get());
        ended.add(new CompletedAttempt(delivery, dead));
      } else {
        (row.late() ? late : row.matched() ? matched : first).add(delivery);
      }
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
            some -> Transaction.run(database, connection -> finish(connection, some)));
    for (Rejected<CompletedAttempt> one : bare) {
      Transaction.run(
          database, connection -> endAsDead(connection, one.item().delivery().id(), one.reason()));
    }
    return attempts.stream().map(attempt -> dead.getOrDefault(attempt, attempt)).toList();
  }

  /** Ends a delivery without the result of its attempt. */
  private static void endAsDead(Connection connection, long delivery, String reason)
      throws SQLException {
    DeliveryLedger.end(connection, delivery, Unfinished.ANY, DeliveryState.DEAD, reason);
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
    boolean someWait =
        Transaction.call(database, connection -> writeAndPublish(connection, attempts));
    if (someWait) {
      outcomes.wake();
    }
  }

  /**
   * Writes results and publishes the outcomes before the commit, so that a crash in between
   * publishes an outcome twice and loses none. The outcomes that cannot be published now get a
   * mark, and so do those of dead deliveries, because a dead letter needs the stored record.
   *
   * @return whether some outcomes wait
   */
  private boolean writeAndPublish(Connection connection, List<CompletedAttempt> attempts)
      throws SQLException {
    Map<Long, CompletedAttempt> byId =
        attempts.stream().collect(Collectors.toMap(one -> one.delivery().id(), one -> one));
    List<OutcomeRecord> publishable = new ArrayList<>();
    List<Long> unpublished = new ArrayList<>();
    for (AttemptRepository.Finished finished : AttemptRepository.write(connection, attempts)) {
      CompletedAttempt attempt = byId.get(finished.id());
      if (attempt.result().state() == DeliveryState.DEAD) {
        unpublished.add(finished.id());
      } else {
        publishable.add(OutcomeRecord.of(attempt, finished.at()));
      }
    }
    unpublished.addAll(outcomes.publish(publishable));
    DeliveryLedger.markUnpublished(connection, unpublished);
    return !unpublished.isEmpty();
  }

  /** Extends the leases of deliveries that are in flight. */
  public void extend(List<Delivery> leased, Duration lease) throws SQLException {
    // a delivery whose lease cannot be extended is taken by another pod when its lease ends
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

  /** Restarts the retry budgets of pending deliveries after a pause of the destination. */
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
    // a delivery that cannot be returned is due again when its lease ends
    splitter.store(
        unstarted,
        some ->
            Transaction.run(
                database,
                connection -> AttemptRepository.returnToQueue(connection, some, Duration.ZERO)));
  }
}
