package org.solarrelay.delivery.queue;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.database.Transaction;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.identity.IdType;
import org.solarrelay.identity.PersonalText;

/**
 * Erases events with all that belongs to them: the data, the responses of vendors, the hashes by
 * which duplicates are recognised, and the messages of the same webhook. The row of an erased event
 * stays, without data ({@link EventRowMapper#isErased}), so that its record on Kafka stays a
 * duplicate. Its deliveries stay, without what vendors responded; one that was not delivered is
 * skipped. A delivery in flight ends first.
 */
@Singleton
public class EventErasure {

  /** How many events are in one transaction. */
  static final int BATCH = 200;

  /** How many events a search reads in one statement. */
  static final int CHUNK = 5000;

  private static final String ERASED = "erased";

  /**
   * The place of an event in the order of a search.
   *
   * @param at when it was recorded
   */
  public record Position(OffsetDateTime at, String source, String id) {

    /** Before all events. */
    public static final Position FIRST = new Position(OffsetDateTime.MIN, "", "");
  }

  /**
   * An event to erase.
   *
   * @param name the name of the id in the subject; empty where the subject is found by its text
   */
  public record Candidate(
      Position position,
      String name,
      String type,
      String subject,
      String causationId,
      String receipt) {

    private EventKey key() {
      return new EventKey(position.source(), position.id());
    }

    /** Whether the event is about this id. */
    public boolean isAbout(ExternalId id) {
      String system = IdType.system(id.name());
      return subject.equals(system + ":" + id.id())
          || subject.equals(id.id())
              && id.name().equals(IdType.of(position.source(), type, subject));
    }

    private boolean isOfRecord() {
      return name.isEmpty() || name.equals(IdType.of(position.source(), type, subject));
    }
  }

  /**
   * How much an erasure has erased, or would erase.
   *
   * @param deliveries of these events
   * @param cancelled those of them that were not finished
   * @param attempts failed attempts with what vendors responded
   * @param messages webhooks and messages that became no event
   * @param inFlight events that stay until a delivery in flight has ended
   */
  public record Counts(
      int events, int deliveries, int cancelled, int attempts, int messages, int inFlight) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** The sums. */
    public Counts plus(Counts other) {
      return new Counts(
          events + other.events,
          deliveries + other.deliveries,
          cancelled + other.cancelled,
          attempts + other.attempts,
          messages + other.messages,
          inFlight + other.inFlight);
    }
  }

  private static final String COLUMNS =
      "e.recorded_at, e.source, e.id, e.type, e.subject, e.cause_id, e.receipt";

  private static final String NEXT =
      """
        octet_length(e.value) > 0 and (e.recorded_at, e.source, e.id) > (:at, :source, :id)
      """;

  private static final Sql OF_IDS =
      Sql.of(
          """
          with ids as (
            select name, id, split_part(name, '.', 1) as system
            from unnest(:names::text[], :ids::text[]) as i (name, id))
          select * from (
            select i.name, e.* from ids i cross join lateral (
              select %1$s from event e where e.subject = i.id and e.source = i.system and %2$s
              order by e.recorded_at, e.source, e.id limit :limit) e
            union all
            select '' as name, e.* from ids i cross join lateral (
              select %1$s from event e where e.subject = i.system || ':' || i.id and %2$s
              order by e.recorded_at, e.source, e.id limit :limit) e) e
          order by recorded_at, source, id limit :limit
          """
              .formatted(COLUMNS, NEXT));

  private static final Sql CHUNK_END =
      Sql.of(
          """
          select max(recorded_at) as last from (
            select recorded_at from event where recorded_at > :from
            order by recorded_at limit :limit) as chunk
          """);

  /** Bytes become ASCII, so that bytes that are no text are no error. */
  private static final Sql MENTIONS =
      Sql.of(
          """
          select '' as name, %s
          from event e cross join lateral (
            select lower(encode(e.value, 'escape') || ' ' || e.subject || ' ' || e.id) as text
            offset 0) t
          where e.recorded_at > :from and e.recorded_at <= :upTo and octet_length(e.value) > 0
            and %s
          order by e.recorded_at, e.source, e.id
          """
              .formatted(COLUMNS, PersonMentions.CONDITION));

  private static final String KEYS = "unnest(:sources::text[], :ids::text[]) as k (source, id)";

  private static final Sql LOCK =
      Sql.of(
          """
          select source, id from event
          where (id, source) in (select k.id, k.source from %s) and octet_length(value) > 0
          for update skip locked
          """
              .formatted(KEYS));

  private static final Sql END =
      Sql.of(
          """
          with ended as (
            delete from delivery_work d using %s
            where d.event_id = any (:ids) and d.event_id = k.id and d.source = k.source
              and (leased_until is null or leased_until <= now())
            returning d.*),
          finished as (
            insert into delivery_ledger (%s, state, reason)
            select %s, 'skipped', :reason from ended returning id),
          unpublished as (
            insert into unannounced select id from finished on conflict do nothing)
          select count(*) as ended from finished
          """
              .formatted(KEYS, DeliveryLedger.KEPT, DeliveryLedger.KEPT));

  private static final Sql UNFINISHED =
      Sql.of(
          """
          select distinct source, event_id as id from delivery_work where event_id = any (:ids)
          """);

  private static final String DELIVERIES =
      """
      delivery_ledger d join %s on d.event_id = k.id and d.source = k.source
      where d.event_id = any (:ids)
      """
          .formatted(KEYS);

  private static final Sql VENDOR_IDS =
      Sql.of("select d.id, d.vendor_id from " + DELIVERIES + " order by d.id");

  private static final Sql ERASE_DELIVERIES =
      Sql.of(
          """
          with before as (
            select id, state from delivery_ledger where id = any (:deliveries)),
          changed as (
            update delivery_ledger d
            set state = case when d.state = 'delivered' then d.state else 'skipped' end,
              reason = case when d.state = 'delivered' then null else :reason end,
              answer = null, wrote = null, match_key = null,
              vendor_id = case when d.id = any (:personal) then null else vendor_id end
            where d.id = any (:deliveries))
          insert into unannounced select id from before where state = 'dead'
          on conflict do nothing
          """);

  private static final Sql RENAME_DELIVERIES =
      Sql.of(
          """
          update delivery_ledger set event_id = :newId, record = :record
          where event_id = :id and source = :source
          """);

  private static final Sql ERASE_ATTEMPTS =
      Sql.of(
          """
          update failed_attempt set reason = 'erased', answer = null
          where delivery_id = any (:deliveries)
          """);

  private static final Sql ERASE_REQUESTS =
      Sql.of(
          """
          update attempt_request set calls = null
          where delivery_id = any (:deliveries) and calls is not null
          """);

  private static final Sql FORGET_REFUSALS =
      Sql.of("delete from refused_delivery where delivery_id = any (:deliveries)");

  private static final Sql ERASE_MESSAGES =
      Sql.of(
          """
          update set_aside set %s
          where id = any (:receipts) or receipt = any (:receipts) or event_id = any (:ids)
          """
              .formatted(MessageErasure.ERASED));

  private static final Sql ERASE_EVENT =
      Sql.of(
          """
          update event
          set id = :newId, subject = :subject, key = coalesce(:key, key), headers = '[]',
            value = '', content_scope = null, content_hash = null, facets = '{}',
            cause_source = case when :keepsCause then cause_source end,
            cause_id = case when :keepsCause then cause_id end
          where source = :source and id = :id
          """);

  private static final Sql COUNT =
      Sql.of(
          """
          select count(*) as deliveries, count(*) filter (where not d.over) as cancelled,
            count(distinct d.event_id)
              filter (where d.state = 'running' and d.due_at > now()) as in_flight,
            coalesce(sum((select count(*) from failed_attempt f where f.delivery_id = d.id)), 0)
              as attempts
          from delivery d join %s on d.event_id = k.id and d.source = k.source
          where d.event_id = any (:ids)
          """
              .formatted(KEYS));

  private static final Sql COUNT_MESSAGES =
      Sql.of(
          """
          select count(*) as messages from set_aside
          where id = any (:receipts) or receipt = any (:receipts) or event_id = any (:ids)
          """);

  private final DataSource database;
  private final DeliveryQueue queue;

  public EventErasure(DataSource database, DeliveryQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  /**
   * The next events about these ids that are not erased, at most {@value #BATCH}.
   *
   * @param after the last one of the previous call, {@link Position#FIRST} at first
   */
  public List<Candidate> ofIds(Collection<ExternalId> ids, Position after) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return OF_IDS.list(
          connection,
          parameters ->
              parameters
                  .texts("names", ids.stream().map(ExternalId::name).toList())
                  .texts("ids", ids.stream().map(ExternalId::id).toList())
                  .set("at", after.at())
                  .set("source", after.source())
                  .set("id", after.id())
                  .set("limit", BATCH),
          EventErasure::candidate);
    }
  }

  /** The end of the next part of a search; empty where there are no more events. */
  public Optional<OffsetDateTime> chunkEnd(OffsetDateTime from) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return CHUNK_END.first(
          connection,
          parameters -> parameters.set("from", from).set("limit", CHUNK),
          row -> row.getObject("last", OffsetDateTime.class));
    }
  }

  /** The events recorded in an interval that mention the person. */
  public List<Candidate> mentioning(
      PersonMentions mentions, OffsetDateTime from, OffsetDateTime upTo) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return MENTIONS.list(
          connection,
          parameters -> mentions.bind(parameters).set("from", from).set("upTo", upTo),
          EventErasure::candidate);
    }
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        new Position(
            row.getObject("recorded_at", OffsetDateTime.class),
            row.getString("source"),
            row.getString("id")),
        row.getString("name"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("cause_id"),
        row.getString("receipt"));
  }

  /** Counts what {@link #erase} would erase. */
  public Counts count(List<Candidate> candidates) throws SQLException {
    List<Candidate> events = ofRecord(candidates);
    if (events.isEmpty()) {
      return Counts.NONE;
    }
    try (Connection connection = database.getConnection()) {
      int messages =
          COUNT_MESSAGES
              .first(
                  connection,
                  parameters ->
                      parameters.texts("receipts", receipts(events)).texts("ids", ids(events)),
                  row -> row.getInt("messages"))
              .orElseThrow();
      return COUNT
          .first(
              connection,
              parameters -> EventKey.bind(parameters, keys(events)),
              row ->
                  new Counts(
                      events.size(),
                      row.getInt("deliveries"),
                      row.getInt("cancelled"),
                      row.getInt("attempts"),
                      messages,
                      row.getInt("in_flight")))
          .orElseThrow();
    }
  }

  /**
   * Erases events, in one transaction for each {@value #BATCH}. Ends their deliveries that are not
   * in flight.
   *
   * @param by the operator
   */
  public Counts erase(List<Candidate> candidates, PersonalText personal, String by)
      throws SQLException {
    Counts all = Counts.NONE;
    List<Candidate> events = ofRecord(candidates);
    for (int from = 0; from < events.size(); from += BATCH) {
      List<Candidate> batch = events.subList(from, Math.min(events.size(), from + BATCH));
      all =
          all.plus(
              Transaction.call(
                  database, connection -> new Batch(connection, personal, by).erase(batch)));
    }
    if (all.cancelled() > 0) {
      queue.wakeWorkers();
    }
    return all;
  }

  /** A lead and a project may share a number. */
  private static List<Candidate> ofRecord(List<Candidate> candidates) {
    return candidates.stream().filter(Candidate::isOfRecord).toList();
  }

  private static List<EventKey> keys(List<Candidate> events) {
    return events.stream().map(Candidate::key).toList();
  }

  private static List<String> ids(List<Candidate> events) {
    return events.stream().map(event -> event.position().id()).toList();
  }

  private static List<String> receipts(List<Candidate> events) {
    return events.stream().map(Candidate::receipt).filter(one -> one != null).distinct().toList();
  }

  /** The reason of whatever an operator has erased. */
  static String reason(String by) {
    return "erased by " + by;
  }

  /** The erasure of some events, within one transaction. */
  private record Batch(Connection connection, PersonalText personal, String by) {

    Counts erase(List<Candidate> candidates) throws SQLException {
      Set<EventKey> locked =
          Set.copyOf(
              LOCK.list(
                  connection,
                  parameters -> EventKey.bind(parameters, keys(candidates)),
                  EventKey::of));
      List<Candidate> found =
          candidates.stream().filter(event -> locked.contains(event.key())).toList();
      int cancelled =
          END.first(
                  connection,
                  parameters -> {
                    EventKey.bind(parameters, keys(found));
                    parameters.set("reason", reason(by));
                  },
                  row -> row.getInt("ended"))
              .orElseThrow();
      Set<EventKey> inFlight =
          new HashSet<>(
              UNFINISHED.list(
                  connection, parameters -> parameters.texts("ids", ids(found)), EventKey::of));
      List<Candidate> events =
          found.stream().filter(event -> !inFlight.contains(event.key())).toList();
      List<Long> deliveries = eraseDeliveries(events);
      int attempts =
          ERASE_ATTEMPTS.update(
              connection, parameters -> parameters.bigints("deliveries", deliveries));
      for (Sql erasure : List.of(ERASE_REQUESTS, FORGET_REFUSALS)) {
        erasure.update(connection, parameters -> parameters.bigints("deliveries", deliveries));
      }
      int messages =
          ERASE_MESSAGES.update(
              connection,
              parameters ->
                  parameters
                      .texts("receipts", receipts(events))
                      .texts("ids", ids(events))
                      .set("reason", reason(by)));
      write(events.stream().map(this::renamed).toList());
      return new Counts(
          events.size(),
          deliveries.size(),
          cancelled,
          attempts,
          messages,
          candidates.size() - events.size());
    }

    private List<Long> eraseDeliveries(List<Candidate> events) throws SQLException {
      List<Long> deliveries = new ArrayList<>();
      List<Long> personalIds = new ArrayList<>();
      VENDOR_IDS.forEach(
          connection,
          parameters -> EventKey.bind(parameters, keys(events)),
          row -> {
            deliveries.add(row.getLong("id"));
            if (personal.isIn(row.getString("vendor_id"))) {
              personalIds.add(row.getLong("id"));
            }
          });
      ERASE_DELIVERIES.update(
          connection,
          parameters ->
              parameters
                  .bigints("deliveries", deliveries)
                  .bigints("personal", personalIds)
                  .set("reason", reason(by)));
      return deliveries;
    }

    private ErasedEvent renamed(Candidate event) {
      String id = event.position().id();
      return new ErasedEvent(
          event,
          personal.isIn(id) ? ERASED + "-" + UUID.randomUUID() : id,
          personal.isIn(event.subject()) ? ERASED : event.subject());
    }

    private void write(List<ErasedEvent> events) throws SQLException {
      RENAME_DELIVERIES.batch(
          connection,
          events.stream().filter(ErasedEvent::isRenamed).toList(),
          (row, event) ->
              row.set("newId", event.id())
                  .set("record", event.record())
                  .set("id", event.before().position().id())
                  .set("source", event.source()));
      ERASE_EVENT.batch(
          connection,
          events,
          (row, event) ->
              row.set("newId", event.id())
                  .set("subject", event.subject())
                  .set("key", event.key())
                  .set("keepsCause", !personal.isIn(event.before().causationId()))
                  .set("id", event.before().position().id())
                  .set("source", event.source()));
    }
  }

  /**
   * An event as it stays.
   *
   * @param id another one where it held personal data
   * @param subject {@code erased} where it held personal data
   */
  private record ErasedEvent(Candidate before, String id, String subject) {

    String source() {
      return before.position().source();
    }

    String record() {
      return source() + ":" + subject;
    }

    boolean isRenamed() {
      return !id.equals(before.position().id()) || !subject.equals(before.subject());
    }

    /** The key of the record on Kafka; null where it stays. */
    byte[] key() {
      return subject.equals(before.subject()) ? null : record().getBytes(StandardCharsets.UTF_8);
    }
  }
}
