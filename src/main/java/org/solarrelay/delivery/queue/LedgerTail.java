package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Receipt;

/**
 * Reads what the ledger got last: events, messages that became no event, and deliveries that ended.
 * Each statement reads a bounded part of an index, however long the ledger is.
 */
@Singleton
public class LedgerTail {

  /** How many of each kind are read at most. */
  public static final int MOST = 1_000;

  /** How many of the newest deliveries are searched for ends, where few deliveries ended lately. */
  public static final int NUMBERS = 20_000;

  /**
   * Spans that are read in this order until one has {@link #MOST} ends. The short one is first,
   * because a long one may have hundreds of thousands of ends after a burst.
   */
  private static final List<Duration> SPANS =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));

  private static final Sql EVENTS =
      Sql.of(
          """
          select id, source, type, subject, receipt, recorded_at from event
          where recorded_at <= :until order by recorded_at desc limit :most
          """);

  private static final Sql MESSAGES =
      Sql.of(
          """
          select id, source, receipt, state, reason, recorded_at from set_aside
          where recorded_at <= :until order by recorded_at desc limit :most
          """);

  private static final String WITH_EVENT =
      """
      select d.*, e.type, e.subject
      from ended d cross join lateral (
        select type, subject from event where id = d.event_id and source = d.source limit 1) e
      order by d.finished_at desc, d.id desc
      """;

  static final Sql ENDED_WITHIN =
      Sql.of(
          """
          with ended as materialized (
            select id, source, event_id, destination, state, reason, finished_at
            from delivery_ledger where finished_at > :since and finished_at <= :until
            order by finished_at desc, id desc limit :most)
          """
              + WITH_EVENT);

  static final Sql ENDS_OF_NEWEST =
      Sql.of(
          """
          with newest as materialized (
              select id, source, event_id, destination, state, reason, finished_at
              from delivery_ledger order by id desc limit :numbers),
            ended as materialized (
              select * from newest where finished_at <= :until
              order by finished_at desc, id desc limit :most)
          """
              + WITH_EVENT);

  /** The newest of each kind, newest first. */
  public record Tail(List<EventEntry> events, List<MessageEntry> messages, List<EndEntry> ends) {}

  /**
   * @param receipt of the webhook; empty where there was none
   */
  public record EventEntry(
      OffsetDateTime at,
      String id,
      String source,
      String type,
      String subject,
      Optional<String> receipt) {}

  /**
   * A message that became no event.
   *
   * @param id the receipt, or topic-partition-offset
   * @param source null where it is unknown
   * @param receipt of the webhook; empty where there was none
   */
  public record MessageEntry(
      OffsetDateTime at,
      String id,
      String source,
      Optional<String> receipt,
      MessageState state,
      String reason) {}

  /**
   * The end of a delivery.
   *
   * @param id the delivery's number
   * @param reason null where it was delivered
   */
  public record EndEntry(
      OffsetDateTime at,
      long id,
      String source,
      String type,
      String subject,
      String destination,
      DeliveryState state,
      String reason) {}

  private static final Comparator<EndEntry> NEWEST_FIRST =
      Comparator.comparing(EndEntry::at).thenComparing(EndEntry::id).reversed();

  private final DataSource database;

  LedgerTail(DataSource database) {
    this.database = database;
  }

  /**
   * Reads the tail as it was at a time, as far as the ledger still has it.
   *
   * @param until nothing later is read
   */
  public Tail read(OffsetDateTime until) throws SQLException {
    List<EndEntry> ended =
        Transaction.call(
            database,
            connection -> {
              Transaction.readByIndex(connection);
              return endedLately(connection, until);
            });
    return Transaction.call(
        database,
        connection -> {
          Transaction.readInIndexOrder(connection);
          return new Tail(
              list(connection, EVENTS, until, LedgerTail::event),
              list(connection, MESSAGES, until, LedgerTail::message),
              ended.size() < MOST ? withEndsOfNewest(connection, until, ended) : ended);
        });
  }

  private static <T> List<T> list(
      Connection connection, Sql sql, OffsetDateTime until, Sql.RowMapper<T> mapper)
      throws SQLException {
    return sql.list(
        connection, parameters -> parameters.set("until", until).set("most", MOST), mapper);
  }

  /**
   * Reads short spans first: the index of the times summarizes pages, and they are few in a short
   * span.
   */
  private static List<EndEntry> endedLately(Connection connection, OffsetDateTime until)
      throws SQLException {
    List<EndEntry> ended = List.of();
    for (Duration span : SPANS) {
      ended =
          ENDED_WITHIN.list(
              connection,
              parameters ->
                  parameters.set("since", until.minus(span)).set("until", until).set("most", MOST),
              LedgerTail::end);
      if (ended.size() == MOST) {
        break;
      }
    }
    return ended;
  }

  /**
   * Adds deliveries that ended before the longest span, without reading all of these deliveries.
   */
  private static List<EndEntry> withEndsOfNewest(
      Connection connection, OffsetDateTime until, List<EndEntry> ended) throws SQLException {
    List<EndEntry> newest =
        ENDS_OF_NEWEST.list(
            connection,
            parameters -> parameters.set("until", until).set("most", MOST).set("numbers", NUMBERS),
            LedgerTail::end);
    return Stream.concat(ended.stream(), newest.stream())
        .distinct()
        .sorted(NEWEST_FIRST)
        .limit(MOST)
        .toList();
  }

  private static EventEntry event(ResultSet row) throws SQLException {
    return new EventEntry(
        time(row, "recorded_at"),
        row.getString("id"),
        row.getString("source"),
        row.getString("type"),
        row.getString("subject"),
        Optional.ofNullable(row.getString("receipt")));
  }

  private static MessageEntry message(ResultSet row) throws SQLException {
    String id = row.getString("id");
    return new MessageEntry(
        time(row, "recorded_at"),
        id,
        row.getString("source"),
        Optional.ofNullable(row.getString("receipt"))
            .or(() -> Receipt.issuedAt(id).map(issued -> id)),
        MessageState.of(row.getString("state")),
        row.getString("reason"));
  }

  private static EndEntry end(ResultSet row) throws SQLException {
    return new EndEntry(
        time(row, "finished_at"),
        row.getLong("id"),
        row.getString("source"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("destination"),
        DeliveryState.of(row.getString("state")).orElseThrow(),
        row.getString("reason"));
  }

  private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class);
  }
}
