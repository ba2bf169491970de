package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.solarrelay.database.Transaction;
import org.solarrelay.echo.Echo;
import org.solarrelay.echo.Echoes;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.Identity;
import org.solarrelay.identity.Link;

/**
 * The queue of deliveries in PostgreSQL, for the stages that move it on: fan-out adds, a
 * destination's worker takes and records. Every method is one transaction and throws {@link
 * SQLException} where the database can not be used; nothing has changed then.
 */
@Singleton
public class DeliveryQueue {

  private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

  // "first = this" and not "none earlier exists": PostgreSQL makes a join of the latter that, while
  // its statistics are young, compares every waiting delivery with every other
  private static final String TAKE =
      """
      with due as (
        select id from delivery d
        where destination = ? and state in ('pending', 'running')
          and due_at <= now() and due_at > '-infinity'
          and id = (
            select first.id from delivery first
            where first.destination = d.destination and first.record = d.record
              and first.state in ('pending', 'running')
            order by first.id limit 1)
          and (match_key is null or id = (
            select first.id from delivery first
            where first.destination = d.destination and first.match_key = d.match_key
              and first.state in ('pending', 'running')
            order by first.id limit 1))
        order by due_at, id
        limit ?
        for update skip locked)
      update delivery d
      set state = 'running', attempts = attempts + 1, due_at = now() + ? * interval '1 ms',
          first_attempt_at = coalesce(first_attempt_at, now()), last_attempt_at = now(),
          budget_from = coalesce(budget_from, now())
      from due, event e
      where d.id = due.id and e.source = d.source and e.id = d.event_id
      returning d.id, d.destination, d.attempts, d.approved_at is not null as approved, d.late,
        d.match_key is not null as matched,
        extract(epoch from now() - d.budget_from) * 1000 as age,
        e.id as event_id, e.source, e.topic, e.partition, e."offset", e.timestamp_ms, e.key,
        e.headers, e.value
      """;

  // the state as an expression, for the reason that AttemptRows gives
  static final String EXTEND =
      """
      update delivery set due_at = now() + ? * interval '1 ms'
      where id = any (?) and state || '' = 'running'
      """;

  private static final String RENEW =
      """
      update delivery set budget_from = null
      where destination = ? and state = 'pending' and due_at > '-infinity'
        and budget_from is not null
      """;

  private final DataSource database;
  private final NewDeliveries newDeliveries;
  private final Identity identity;
  private final Echoes echoes;
  private final Overlaps overlaps;
  private volatile Runnable onAdded = () -> {};

  DeliveryQueue(
      DataSource database,
      NewDeliveries newDeliveries,
      Identity identity,
      Echoes echoes,
      Overlaps overlaps) {
    this.database = database;
    this.newDeliveries = newDeliveries;
    this.identity = identity;
    this.echoes = echoes;
    this.overlaps = overlaps;
  }

  /**
   * Writes events and one delivery per destination, and takes in which records belong together;
   * what is there already stays as it is.
   */
  public void add(List<Fanned> fanned) throws SQLException {
    if (!fanned.isEmpty()) {
      Map<Event, Echo> found = echoes(fanned.stream().map(Fanned::event).toList());
      identity.linkAhead(fanned.stream().map(one -> link(one.event(), found)).toList());
      Transaction.run(database, connection -> newDeliveries.write(connection, fanned, found));
      onAdded.run();
    }
  }

  private Map<Event, Echo> echoes(List<Event> events) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return echoes.among(connection, events);
    }
  }

  private static Link link(Event event, Map<Event, Echo> echoes) {
    Echo echo = echoes.get(event);
    return echo == null || echo.link() == null ? Link.of(event) : echo.link();
  }

  /** Is run whenever this pod has added deliveries, so that its workers need not wait to look. */
  void onAdded(Runnable listener) {
    onAdded = listener;
  }

  /** There is something to take that nobody has added. */
  void wakeWorkers() {
    onAdded.run();
  }

  /** Writes what became no event; what is there already stays as it is. */
  public void setAside(List<SetAside> messages) throws SQLException {
    if (!messages.isEmpty()) {
      Transaction.run(database, connection -> SetAsideRows.write(connection, messages));
    }
  }

  /**
   * Takes up to {@code limit} due deliveries whose turn it is: the first unfinished one of its
   * record at that destination. A running one whose lease has ended counts as due.
   */
  List<Delivery> take(String destination, int limit, Duration lease) throws SQLException {
    return Transaction.call(
        database,
        connection -> {
          Taken taken = new Taken();
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, destination);
            take.setInt(2, limit);
            take.setLong(3, lease.toMillis());
            try (ResultSet row = take.executeQuery()) {
              while (row.next()) {
                taken.read(row);
              }
            }
          }
          List<Delivery> deliveries = taken.inTurn;
          deliveries.addAll(overlaps.without(connection, taken.late, taken.matched, taken.over));
          AttemptRows.write(connection, taken.over);
          return complete(connection, deliveries);
        });
  }

  private static final class Taken {
    private final List<Delivery> inTurn = new ArrayList<>();
    private final List<Delivery> late = new ArrayList<>();
    private final List<Delivery> matched = new ArrayList<>();
    private final List<Attempt> over = new ArrayList<>();

    void read(ResultSet row) throws SQLException {
      try {
        ConsumerRecord<byte[], byte[]> original = StoredEvents.original(row);
        Event event = StoredEvents.read(row, original);
        Delivery delivery = delivery(row, Origin.of(original), event);
        boolean hasMatchKey = row.getBoolean("matched");
        (row.getBoolean("late") ? late : hasMatchKey ? matched : inTurn).add(delivery);
      } catch (InvalidMessageException e) {
        String reason = "the event can no longer be read: " + e.getMessage();
        over.add(new Attempt(delivery(row, Origin.now(), null), Verdict.dead(null, reason, null)));
      } catch (RuntimeException e) {
        // stays taken until its lease ends, so that it holds up no other meanwhile
        String kind = e.getClass().getName();
        LOG.errorf("Event %s can not be read: %s", row.getString("event_id"), kind);
      }
    }
  }

  /** Routes are to see under which ids other systems know the record. */
  private List<Delivery> complete(Connection connection, List<Delivery> taken) throws SQLException {
    if (taken.isEmpty()) {
      return taken;
    }
    List<Event> events =
        identity.complete(connection, taken.stream().map(Delivery::event).toList());
    return IntStream.range(0, taken.size())
        .mapToObj(i -> taken.get(i).with(events.get(i)))
        .toList();
  }

  private static Delivery delivery(ResultSet row, Origin origin, Event event) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("destination"),
        row.getInt("attempts"),
        Duration.ofMillis(row.getLong("age")),
        row.getBoolean("approved"),
        origin,
        event);
  }

  /** Records ended attempts; one whose lease another pod has taken over meanwhile is left alone. */
  void record(List<Attempt> attempts) throws SQLException {
    if (attempts.isEmpty()) {
      return;
    }
    // before the delivery is over: what a crash in between loses, the next attempt learns again
    identity.linkAhead(
        attempts.stream()
            .filter(attempt -> !attempt.verdict().learnt().isEmpty())
            .map(attempt -> Link.of(attempt.delivery().event(), attempt.verdict().learnt()))
            .toList());
    Transaction.run(database, connection -> AttemptRows.write(connection, attempts));
  }

  /** Goes on holding deliveries whose calls are not over. */
  void extend(List<Delivery> held, Duration lease) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement extend = connection.prepareStatement(EXTEND)) {
      extend.setLong(1, lease.toMillis());
      Object[] ids = held.stream().map(Delivery::id).toArray();
      extend.setArray(2, connection.createArrayOf("bigint", ids));
      extend.executeUpdate();
    }
  }

  /** Lets the retry budgets of what waits begin anew: the destination was not there meanwhile. */
  void renewBudgets(String destination) throws SQLException {
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
  void release(List<Delivery> untried) throws SQLException {
    Transaction.run(
        database, connection -> AttemptRows.giveBack(connection, untried, Duration.ZERO));
  }
}
