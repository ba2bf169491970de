package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.IdentityLink;
import org.solarrelay.identity.echo.Echo;
import org.solarrelay.identity.echo.EchoDetector;
import org.solarrelay.ops.telemetry.LimitCounter;

/**
 * The queue of deliveries in PostgreSQL, for the stages that move it on: fan-out adds, a
 * destination's worker takes and records. Every method is one transaction and throws {@link
 * SQLException} where the database can not be used; nothing has changed then.
 */
@Singleton
public class DeliveryQueue {

  private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

  // "first = this" and not "none earlier exists": PostgreSQL makes a join of the latter that, while
  // its statistics are young, compares every waiting delivery with every other. The state is an
  // expression where delivery_due and delivery_match are to answer, which have the same one: the
  // whole of delivery_order would do as well, and PostgreSQL may read that where its statistics say
  // that little waits
  private static final String ALL_DUE =
      """
        select id, source, event_id, due_at from delivery d
        where destination = ? and state || '' in ('pending', 'running')
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
          and (? or (
            select octet_length(e.value) + octet_length(e.headers) from event e
            where e.source = d.source and e.id = d.event_id) <= ?)
        order by due_at, id
        limit ?
      """;

  private static final String DUE = ALL_DUE.formatted("");

  private static final String DUE_UNREFUSED =
      ALL_DUE.formatted("and id not in (select delivery_id from refused_delivery)");

  private static final String STILL_DUE =
      """
        select id, source, event_id, due_at from delivery
        where id = any (?) and state || '' in ('pending', 'running') and due_at <= now()
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
          from sized where size <= ?) as light
        where total <= ?
        union all
        (select id from sized where size > ? order by due_at, id limit ?))
      update delivery d
      set state = 'running', attempts = attempts + 1, due_at = now() + ? * interval '1 ms',
          first_attempt_at = coalesce(first_attempt_at, now()), last_attempt_at = now(),
          budget_from = coalesce(budget_from, now())
      from fitting, event e
      where d.id = fitting.id and e.source = d.source and e.id = d.event_id
      returning d.id, d.destination, d.attempts, d.approved_at is not null as approved, d.late,
        d.match_key is not null as matched,
        extract(epoch from now() - d.budget_from) * 1000 as age,
        e.id as event_id, e.source, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
        e.headers, e.value, (select count(*) from due) as found
      """;

  static final String TAKE_DUE = TAKE.formatted(DUE);
  private static final String TAKE_UNREFUSED = TAKE.formatted(DUE_UNREFUSED);
  private static final String TAKE_THESE = TAKE.formatted(STILL_DUE);

  // the state as an expression, for the reason that AttemptRepository gives
  static final String EXTEND =
      """
      update delivery set due_at = now() + ? * interval '1 ms'
      where id = any (?) and state || '' = 'running'
      """;

  private static final String RENEW =
      """
      update delivery set budget_from = null
      where destination = ? and state || '' = 'pending' and due_at > '-infinity'
        and budget_from is not null
      """;

  private final DataSource database;
  private final DeliveryInserter newDeliveries;
  private final Identity identity;
  private final EchoDetector echoes;
  private final OrderingGuard overlaps;
  private final BatchSplitter splitter;
  private final LimitCounter limits;
  private volatile Runnable onAdded = () -> {};

  DeliveryQueue(
      DataSource database,
      DeliveryInserter newDeliveries,
      Identity identity,
      EchoDetector echoes,
      OrderingGuard overlaps,
      BatchSplitter splitter,
      LimitCounter limits) {
    this.database = database;
    this.newDeliveries = newDeliveries;
    this.identity = identity;
    this.echoes = echoes;
    this.overlaps = overlaps;
    this.splitter = splitter;
    this.limits = limits;
  }

  /**
   * Writes events and one delivery per destination, and takes in which records belong together;
   * what is there already stays as it is.
   *
   * @return the events that the ledger cannot store, each with the reason
   */
  public List<Rejected<RoutedEvent>> add(List<RoutedEvent> fanned) throws SQLException {
    if (fanned.isEmpty()) {
      return List.of();
    }
    List<Rejected<RoutedEvent>> rejected = splitter.store(fanned, this::addAll);
    onAdded.run();
    return rejected;
  }

  private void addAll(List<RoutedEvent> fanned) throws SQLException {
    Map<Event, Echo> found = echoes(fanned.stream().map(RoutedEvent::event).toList());
    identity.linkWithoutFlush(fanned.stream().map(one -> link(one.event(), found)).toList());
    Transaction.run(database, connection -> newDeliveries.write(connection, fanned, found));
  }

  private Map<Event, Echo> echoes(List<Event> events) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return echoes.among(connection, events);
    }
  }

  private static IdentityLink link(Event event, Map<Event, Echo> echoes) {
    Echo echo = echoes.get(event);
    return echo == null || echo.link() == null ? IdentityLink.of(event) : echo.link();
  }

  /** Is run whenever this pod has added deliveries, so that its workers need not wait to look. */
  public void onAdded(Runnable listener) {
    onAdded = listener;
  }

  /** There is something to take that nobody has added. */
  public void wakeWorkers() {
    onAdded.run();
  }

  /**
   * Writes what became no event; what is there already stays as it is. A message that the ledger
   * cannot store as it is gets a story without its text.
   */
  public void setAside(List<DiscardedMessage> messages) throws SQLException {
    List<DiscardedMessage> bare = new ArrayList<>();
    splitter
        .store(messages, this::writeAside)
        .forEach(one -> bare.add(one.item().withoutOriginal(one.reason())));
    splitter
        .store(bare, this::writeAside)
        .forEach(one -> LOG.warnf("Message %s has no story: %s", one.item().id(), one.reason()));
  }

  private void writeAside(List<DiscardedMessage> messages) throws SQLException {
    Transaction.run(database, connection -> DiscardedMessageRepository.write(connection, messages));
  }

  /** As {@link #take(String, int, TakeLimit, Duration)}, of any size. */
  List<Delivery> take(String destination, int limit, Duration lease) throws SQLException {
    return take(destination, limit, TakeLimit.NONE, lease);
  }

  /**
   * Takes up to {@code limit} due deliveries whose turn it is: the first unfinished one of its
   * record at that destination. A running one whose lease has ended counts as due. One that cannot
   * be taken because of what it holds is dead.
   */
  public List<Delivery> take(String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    try {
      return take(TAKE_DUE, due -> bindDue(due, destination, limit, size), size, lease);
    } catch (SQLException | RuntimeException e) {
      if (!splitter.isDataError(e)) {
        throw e;
      }
      LOG.debugf(e, "Deliveries to %s are taken one by one", destination);
      return takeOneByOne(destination, limit, size, lease);
    }
  }

  /**
   * As {@link #take(String, int, TakeLimit, Duration)}, without deliveries that were refused as a
   * wrong key is. None is dead of what it holds; the other method sees to that.
   */
  public List<Delivery> takeUnrefused(String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    try {
      return take(TAKE_UNREFUSED, due -> bindDue(due, destination, limit, size), size, lease);
    } catch (SQLException | RuntimeException e) {
      if (!splitter.isDataError(e)) {
        throw e;
      }
      return List.of();
    }
  }

  private static void bindSizeAndLease(
      PreparedStatement take, int bound, TakeLimit size, Duration lease) throws SQLException {
    take.setLong(bound + 1, size.large());
    take.setLong(bound + 2, size.bytes());
    take.setLong(bound + 3, size.large());
    take.setInt(bound + 4, size.takesLarge() ? 1 : 0);
    take.setLong(bound + 5, lease.toMillis());
  }

  /** All parameters of {@link #TAKE_DUE}. */
  static void bindTake(
      PreparedStatement take, String destination, int limit, TakeLimit size, Duration lease)
      throws SQLException {
    bindSizeAndLease(take, bindDue(take, destination, limit, size), size, lease);
  }

  private static int bindDue(PreparedStatement due, String destination, int limit, TakeLimit size)
      throws SQLException {
    due.setString(1, destination);
    due.setBoolean(2, size.takesLarge() || size.equals(TakeLimit.NONE));
    due.setLong(3, size.large());
    due.setInt(4, limit);
    return 4;
  }

  /** One of them is at fault: the others are taken, and it is dead. */
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
                        take -> {
                          take.setArray(1, bigints(take.getConnection(), ids));
                          return 1;
                        },
                        size,
                        lease)));
    for (Rejected<Long> one : rejected) {
      Transaction.run(
          database, connection -> AttemptRepository.end(connection, one.item(), one.reason()));
    }
    return taken;
  }

  private List<Long> due(String destination, int limit, TakeLimit size) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement due = connection.prepareStatement(DUE)) {
      bindDue(due, destination, limit, size);
      try (ResultSet row = due.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  private static Array bigints(Connection connection, List<Long> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }

  /** Says which deliveries are meant, and returns with how many parameters. */
  private interface Which {
    int bind(PreparedStatement take) throws SQLException;
  }

  private List<Delivery> take(String sql, Which which, TakeLimit size, Duration lease)
      throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Taken taken = new Taken();
          Transaction.readInIndexOrder(connection);
          try (PreparedStatement take = connection.prepareStatement(sql)) {
            bindSizeAndLease(take, which.bind(take), size, lease);
            try (ResultSet row = take.executeQuery()) {
              while (row.next()) {
                taken.read(row);
              }
            }
          }
          List<Delivery> deliveries = taken.inTurn;
          deliveries.addAll(overlaps.without(connection, taken.late, taken.matched, taken.over));
          AttemptRepository.write(connection, taken.over);
          if (taken.leftOut()) {
            limits.count(LimitCounter.DELIVERIES);
          }
          return addKnownIds(connection, deliveries);
        });
  }

  private static final class Taken {
    private final List<Delivery> inTurn = new ArrayList<>();
    private final List<Delivery> late = new ArrayList<>();
    private final List<Delivery> matched = new ArrayList<>();
    private final List<CompletedAttempt> over = new ArrayList<>();
    private int rows;
    private int found;

    /** Whether some that were due are left in the queue, being too large together. */
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
        (row.getBoolean("late") ? late : hasMatchKey ? matched : inTurn).add(delivery);
      } catch (InvalidMessageException e) {
        String reason = "the event can no longer be read: " + e.getMessage();
        over.add(
            new CompletedAttempt(
                delivery(row, DeliveryOrigin.now(), null), AttemptResult.dead(reason)));
      } catch (RuntimeException | StackOverflowError e) {
        LOG.debugf(e, "Event %s cannot be read", row.getString("event_id"));
        String reason = "the ledger's copy of the event cannot be read";
        over.add(
            new CompletedAttempt(
                delivery(row, DeliveryOrigin.now(), null), AttemptResult.dead(reason)));
      }
    }
  }

  /** Routes are to see under which ids other systems know the record. */
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
        origin,
        event,
        size(row));
  }

  private static int size(ResultSet row) throws SQLException {
    byte[] value = row.getBytes("value");
    return value.length + row.getString("headers").length();
  }

  /**
   * Records ended attempts; one whose lease another pod has taken over meanwhile is left alone. One
   * whose outcome the ledger cannot store ends its delivery as dead.
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
              AttemptRepository.end(connection, one.item().delivery().id(), one.reason()));
    }
    return attempts.stream().map(attempt -> dead.getOrDefault(attempt, attempt)).toList();
  }

  private void recordAll(List<CompletedAttempt> attempts) throws SQLException {
    // before the delivery is over: what a crash in between loses, the next attempt learns again
    identity.linkWithoutFlush(
        attempts.stream()
            .filter(attempt -> !attempt.result().learnedIds().isEmpty())
            .map(
                attempt ->
                    IdentityLink.of(attempt.delivery().event(), attempt.result().learnedIds()))
            .toList());
    Transaction.run(database, connection -> AttemptRepository.write(connection, attempts));
  }

  /** Goes on holding deliveries whose calls are not over. */
  public void extend(List<Delivery> held, Duration lease) throws SQLException {
    // one that cannot be extended is taken over once its lease ends
    splitter.store(held, some -> extendAll(some, lease));
  }

  private void extendAll(List<Delivery> held, Duration lease) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement extend = connection.prepareStatement(EXTEND)) {
      extend.setLong(1, lease.toMillis());
      Object[] ids = held.stream().map(Delivery::id).toArray();
      extend.setArray(2, connection.createArrayOf("bigint", ids));
      extend.executeUpdate();
    }
  }

  /** Lets the retry budgets of what waits begin anew: the destination was not there meanwhile. */
  public void renewBudgets(String destination) throws SQLException {
    try (Connection connection = database.getConnection()) {
      renewBudgets(connection, destination);
    }
  }

  /** The same, as part of something larger. */
  static void renewBudgets(Connection connection, String destination) throws SQLException {
    try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setString(1, destination);
      renew.executeUpdate();
    }
  }

  /** Gives back deliveries that were taken but not tried. */
  public void release(List<Delivery> untried) throws SQLException {
    // one that cannot be given back is due again once its lease ends
    splitter.store(
        untried,
        some ->
            Transaction.run(
                database,
                connection -> AttemptRepository.giveBack(connection, some, Duration.ZERO)));
  }
}
